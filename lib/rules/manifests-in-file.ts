import { readFileSync, statSync } from 'node:fs';

import { type Document, parseAllDocuments, visit } from 'yaml';

import type { Manifest } from '../kubernetes/manifest';
import { quote } from '../messages/quote';
import { type Data, isRecord } from './fields';

/** No API server takes a larger request, and no file that synth writes comes near it. */
const LARGEST_FILE = 3 * 1024 * 1024;

/** Objects of Kubernetes are a quarter as deep; what is deeper was made to exhaust whoever reads it. */
const DEEPEST = 100;

/** The manifests of one file, and what else stands there. */
export interface ReadFile {
  readonly manifests: readonly Manifest[];

  /** One message for each document that is no manifest. */
  readonly unreadable: readonly string[];
}

/**
 * Reads a file of any number of documents, whatever they hold.
 *
 * @param name what messages call the file
 */
export function manifestsInFile(file: string, name: string): ReadFile {
  const manifests: Manifest[] = [];
  const unreadable: string[] = [];
  const cannot = (what: string, reason: string) => unreadable.push(`Cannot read ${quote(name)} as ${what}: ${reason}`);

  const { size } = statSync(file);
  if (size > LARGEST_FILE) {
    cannot('a manifest', `its ${size} bytes are more than the ${LARGEST_FILE} that an API server takes`);
    return { manifests, unreadable };
  }
  const bytes = readFileSync(file);
  const text = bytes.toString();
  if (text.includes('\0') || text.includes('\ufffd')) {
    cannot('YAML', 'it is not text in UTF-8');
    return { manifests, unreadable };
  }
  for (const document of documentsIn(text)) {
    const [error] = document.errors;
    if (error !== undefined) {
      cannot('YAML', onOneLine(error.message));
      continue;
    }
    const value = plain(document, (reason) => cannot('YAML', reason));
    for (const object of value?.kind === 'List' && Array.isArray(value.items) ? value.items : [value]) {
      if (isManifest(object)) manifests.push(object);
      else if (object !== undefined && object !== null) {
        cannot('a manifest', 'give it apiVersion, kind, metadata.name, and text for its labels and annotations');
      }
    }
  }
  return { manifests, unreadable };
}

/** YAML 1.1 is what kubectl and Argo CD read; they take dates for text. */
function documentsIn(text: string): readonly Document[] {
  const documents = parseAllDocuments(text, {
    version: '1.1',
    logLevel: 'silent',
    customTags: (tags) => tags.filter((tag) => typeof tag === 'string' || !tag.tag.endsWith(':timestamp')),
  });
  return Array.isArray(documents) ? documents : [];
}

/** The data of a document. Aliases that multiply are refused by the parser while it builds the value. */
function plain(document: Document, cannot: (reason: string) => void): Data {
  try {
    if (isTooDeep(document)) {
      cannot(`it is nested more than ${DEEPEST} levels deep`);
      return undefined;
    }
    return document.toJS();
  } catch (error) {
    cannot(onOneLine(error instanceof Error ? error.message : String(error)));
    return undefined;
  }
}

function isTooDeep(document: Document): boolean {
  let found = false;
  visit(document, {
    Collection(_, __, path) {
      if (path.length <= DEEPEST * 2) return undefined; // a pair and its value for each level of maps
      found = true;
      return visit.BREAK;
    },
  });
  return found;
}

const onOneLine = (text: string): string => quote(text.split('\n')[0] as string).slice(1, -1);

function isManifest(value: Data): value is Manifest {
  if (!isRecord(value) || !isRecord(value.metadata)) return false;
  const { name, namespace = '', labels = {}, annotations = {} } = value.metadata;
  const texts = [value.apiVersion, value.kind, name, namespace];
  return [...texts, ...Object.values(labels ?? ''), ...Object.values(annotations ?? '')].every((text) => typeof text === 'string');
}
