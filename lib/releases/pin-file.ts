import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml';

import { quote } from '../messages/quote';
import type { Problem } from './problem';
import { syntaxMistakes } from './syntax';

/** A file of pins as it was read. */
export interface ReleaseFile {
  /** Path from the root of the repository, with slashes: `releases/prod.yaml`. */
  readonly path: string;
  readonly text: string;
}

/** Keys and indexes from the root of a file to one of its values. */
export type Path = readonly PropertyKey[];

/** Larger files hold no pins; reading them would only take long. */
const LARGEST_FILE = 256 * 1024;

/** Deeper values are of no interest: the deepest pin is `regions.<region>.images.<image>.digest`. */
const DEEPEST_PATH = 5;

/** Where a value stands: offsets in the text. */
interface Place {
  readonly key?: number;
  readonly value: number;
  /** The value as it is written, if it is a single one. */
  readonly source?: string | undefined;
}

/** More problems of one file are counted, not told: whoever has corrected these has mostly corrected the others. */
const MOST_PROBLEMS = 50;

/** One release file: its data as plain YAML, the place of everything in it, and what is wrong with it. */
export class PinFile {
  public readonly path: string;

  /** What the file says; undefined where it cannot be read. */
  public readonly data: unknown;

  readonly #text: string;
  readonly #lines = new LineCounter();
  readonly #places = new Map<string, Place>();
  readonly #mistakes = new Map<number, string>();

  constructor({ path, text }: ReleaseFile) {
    this.path = path;
    this.#text = text;
    this.data = this.#parse();
  }

  /** Every problem noted, in the order of the file. */
  public problems(): Problem[] {
    const all = [...this.#mistakes].sort(([offset], [other]) => offset - other);
    const told = all.slice(0, MOST_PROBLEMS).map(([offset, message]) => ({ message: `${this.#position(offset)} ${message}` }));
    const [next] = all[MOST_PROBLEMS] ?? [];
    if (next === undefined) return told;
    const more = `Cannot tell of ${all.length - MOST_PROBLEMS} more mistakes as nobody would read them: correct those above first`;
    return [...told, { message: `${this.#position(next)} ${more}` }];
  }

  /** Notes a mistake in a value, or in its key. Of several at one place the first is the cause, the others follow from it. */
  public refuse(path: Path, part: 'key' | 'value', message: string): void {
    const place = this.#places.get(id(path));
    this.#refuseAt((part === 'key' ? place?.key : place?.value) ?? 0, message);
  }

  /** The data at a path; undefined if there is none. */
  public at(path: Path): unknown {
    return path.reduce<unknown>(
      (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
      this.data,
    );
  }

  /** Names of the map at a path; none if there is no map. */
  public namesAt(path: Path): string[] {
    const value = this.at(path);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
  }

  /** Whether a path is in the file. */
  public has(path: Path): boolean {
    return this.#places.has(id(path));
  }

  /** A single value as it is written; undefined for lists and maps. */
  public source(path: Path): string | undefined {
    return this.#places.get(id(path))?.source;
  }

  /** `releases/prod.yaml:14:9`, the place of a value's key. */
  public where(path: Path): string {
    return this.#position(this.#places.get(id(path))?.key ?? 0);
  }

  #position(offset: number): string {
    const { line, col } = this.#lines.linePos(offset);
    return `${this.path}:${Math.max(line, 1)}:${Math.max(col, 1)}`;
  }

  #refuseAt(offset: number, message: string): void {
    if (!this.#mistakes.has(offset)) this.#mistakes.set(offset, message);
  }

  #parse(): unknown {
    const size = Buffer.byteLength(this.#text);
    if (size > LARGEST_FILE) {
      this.#refuseAt(0, `Cannot read ${quote(this.path)} as its ${size} bytes are more than ${LARGEST_FILE}: keep pins and rings only`);
      return undefined;
    }
    const document = parseDocument(this.#text, { lineCounter: this.#lines, prettyErrors: false, uniqueKeys: false });
    const mistakes = syntaxMistakes(document, this.#text);
    for (const { offset, message } of mistakes) this.#refuseAt(offset, message);
    if (mistakes.length > 0) return undefined;
    return this.#read(document.contents, [], undefined);
  }

  /** The plain data of a node. Maps have no prototype, so that no key has a meaning of its own. */
  #read(node: Node | null, path: Path, key: number | undefined): unknown {
    const value = node?.range?.[0] ?? key ?? 0;
    this.#places.set(id(path), { ...(key === undefined ? {} : { key }), value, source: isScalar(node) ? (node.source ?? '') : undefined });
    if (isAlias(node)) {
      this.#refuseAt(value, `Cannot use alias ${quote(node.source)} as release files repeat what they mean: write the value`);
      return undefined;
    }
    this.#refuseProperties(node);
    if (path.length > DEEPEST_PATH) return undefined;
    if (isSeq<Node>(node)) return node.items.map((item, index) => this.#read(item, [...path, index], undefined));
    if (isMap<Node, Node | null>(node)) return this.#readMap(node.items, path);
    return isScalar(node) ? node.value : null;
  }

  /** Anchors and types, which stand before a value or a key. */
  #refuseProperties(node: Node | null): void {
    if (isAlias(node) || !node?.range) return;
    const [start] = node.range;
    if (node.anchor !== undefined) {
      this.#refuseAt(
        this.#text.lastIndexOf('&', start - 1),
        `Cannot use anchor ${quote(node.anchor)} as release files have no aliases: remove it`,
      );
    }
    if (node.tag !== undefined) {
      const sign = this.#text.lastIndexOf('!', start - 1);
      const offset = this.#text[sign - 1] === '!' ? sign - 1 : sign;
      this.#refuseAt(
        offset,
        `Cannot use type ${quote(this.#text.slice(offset, start).trim())} as release files hold plain values: remove it`,
      );
    }
  }

  #readMap(pairs: readonly Pair<Node, Node | null>[], path: Path): object {
    const map: Record<string, unknown> = Object.create(null);
    for (const { key, value } of pairs) {
      const offset = key.range?.[0] ?? 0;
      this.#refuseProperties(key);
      const name = isScalar(key) ? (typeof key.value === 'string' ? key.value : (key.source ?? '')) : undefined;
      if (name === undefined) {
        this.#refuseAt(offset, 'Cannot use a list, a map or an alias as a key as keys are names: write a name');
      } else if (name === '<<') {
        this.#refuseAt(offset, 'Cannot merge with "<<" as release files repeat what they mean: write every value');
      } else if (Object.hasOwn(map, name)) {
        this.#refuseAt(offset, `Cannot use key ${quote(name)} twice as one of the two would be lost: remove one`);
      } else {
        map[name] = this.#read(value, [...path, name], offset);
      }
    }
    return map;
  }
}

const id = (path: Path): string => JSON.stringify(path);
