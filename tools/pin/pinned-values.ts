import { isMap, LineCounter, type Node, type Pair, parseDocument, type Scalar } from 'yaml';

import type { ReleaseFile } from '../../lib/releases/pin-file';

/** What a lookup is about: an image whose digest is pinned, or a model whose revision is. */
export type Subject =
  | { readonly kind: 'image'; readonly name: string; readonly repository: string; readonly tag: string }
  | { readonly kind: 'model'; readonly name: string; readonly source: string };

/** A digest or a revision in a release file. */
export type PinnedValue = Subject & {
  /** Place of its key: `releases/prod.yaml:14:9`. */
  readonly where: string;

  /** Where it stands in the text: offsets of its first character and after its last. */
  readonly start: number;
  readonly end: number;

  readonly value: string;
};

/** How messages name a subject. */
export function subjectOf(subject: Subject): string {
  return subject.kind === 'image' ? `image "${subject.repository}:${subject.tag}"` : `model "${subject.source}"`;
}

/** The digests and revisions of a release file that has no mistakes, in the order of their groups. */
export function pinnedValues({ path, text }: ReleaseFile): PinnedValue[] {
  const lines = new LineCounter();
  const file = pairsOf(parseDocument(text, { lineCounter: lines }).contents);

  const found = (fields: readonly ScalarPair[], key: string, subject: Subject): PinnedValue[] =>
    fields.flatMap((field) => {
      if (field.key.value !== key || !field.key.range || !field.value?.range) return [];
      const { line, col } = lines.linePos(field.key.range[0]);
      const [start, end] = field.value.range;
      return [{ ...subject, where: `${path}:${line}:${col}`, start, end, value: String(field.value.value) }];
    });

  const regions = pairsOf(nodeAt(file, 'regions')).map(({ value }) => pairsOf(value));
  return [file, ...regions].flatMap((pins) => [
    ...pairsOf(nodeAt(pins, 'images')).flatMap(({ key, value }) => {
      const fields = fieldsOf(value);
      const repository = textOf(fields, 'repository');
      return found(fields, 'digest', { kind: 'image', name: String(key.value), repository, tag: textOf(fields, 'tag') });
    }),
    ...pairsOf(nodeAt(pins, 'models')).flatMap(({ key, value }) => {
      const fields = fieldsOf(value);
      return found(fields, 'revision', { kind: 'model', name: String(key.value), source: textOf(fields, 'source') });
    }),
  ]);
}

type ScalarPair = Pair<Scalar, Scalar | null>;

const pairsOf = (node: Node | null | undefined): readonly Pair<Scalar, Node | null>[] =>
  isMap<Scalar, Node | null>(node) ? node.items : [];
const fieldsOf = (node: Node | null): readonly ScalarPair[] => (isMap<Scalar, Scalar | null>(node) ? node.items : []);
const nodeAt = (pairs: readonly Pair<Scalar, Node | null>[], name: string) => pairs.find(({ key }) => key.value === name)?.value;
const textOf = (fields: readonly ScalarPair[], name: string): string => String(fields.find(({ key }) => key.value === name)?.value?.value);
