import type { Manifest } from '../../kubernetes/manifest';
import { record, records } from '../fields';
import type { TargetIndex } from '../target-index';

/** A URL that some program of the target is told to call. */
export interface ClientUrl {
  readonly object: Manifest;
  readonly field: string;
  readonly url: string;

  /** Namespace of the pods that call it. */
  readonly namespace: string;

  /** Line of a file, from 1; counted only where there is something to say about it. */
  readonly line?: () => number;

  /** Whether it is the base URL of a model in a list of models. */
  readonly ofModel: boolean;
}

const URLS = /https?:\/\/[^\s"'`,;<>]+/g;

/** Every URL in environment variables, arguments, configuration files and plugins. What a Canary's hooks call is the load test's business. */
export function* clientUrls(target: TargetIndex): Iterable<ClientUrl> {
  const listed = new Set<string>();
  for (const { workload, file, models } of target.modelClients) {
    for (const { base, line } of models) {
      listed.add(`${workload.namespace} ${base}`);
      yield { object: file.object, field: file.field, url: base, namespace: workload.namespace, line: () => line, ofModel: true };
    }
  }
  for (const object of target.all('ConfigMap')) {
    const namespace = object.metadata.namespace ?? '';
    for (const [key, text] of Object.entries(record(object.data))) {
      for (const { url, line } of urlsIn(text)) {
        if (!listed.has(`${namespace} ${url}`)) yield { object, field: `/data/${key}`, url, namespace, line, ofModel: false };
      }
    }
  }
  for (const { spec, field, workload } of target.containers()) {
    const place = { object: workload.object, namespace: workload.namespace, ofModel: false };
    for (const [i, { value }] of records(spec.env).entries()) {
      for (const { url } of urlsIn(value)) yield { ...place, field: `${field}/env/${i}/value`, url };
    }
    for (const list of ['command', 'args'] as const) {
      for (const [i, text] of (Array.isArray(spec[list]) ? spec[list] : []).entries()) {
        for (const { url } of urlsIn(text)) yield { ...place, field: `${field}/${list}/${i}`, url };
      }
    }
  }
}

function* urlsIn(text: unknown): Iterable<{ readonly url: string; readonly line: () => number }> {
  if (typeof text !== 'string' || !text.includes('://')) return;
  for (const match of text.matchAll(URLS)) yield { url: match[0], line: () => text.slice(0, match.index).split('\n').length };
}
