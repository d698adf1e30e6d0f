import type { Manifest } from '../kubernetes/manifest';

/** An image, a chart or a model that an object runs. */
export interface Pinned {
  readonly kind: 'image' | 'chart' | 'model';

  /** The repository; of a model, its name. */
  readonly name: string;

  /** The tag or the chart's version; of a model, its revision. */
  readonly version: string;
  readonly digest?: string;
}

/** Text of a file that may hold one of them: what does not is not worth parsing. */
export const MAY_PIN = /(?:^|\s)(?:image|imageName|tag|targetRevision|revision|chart):|MODEL_FOLDER/m;

/** Everything pinned that an object names, in its order. */
export function pinnedIn(object: Manifest): readonly Pinned[] {
  return [...found(object, '')];
}

/** @param path keys on the way to the value; names an image of which a chart knows the repository */
function* found(value: unknown, path: string): Generator<Pinned> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield* partsOf(value as Record<string, unknown>, path);
  for (const [key, item] of Object.entries(value)) yield* found(item, Array.isArray(value) ? path : path === '' ? key : `${path}.${key}`);
}

function* partsOf(map: Record<string, unknown>, path: string): Generator<Pinned> {
  const { image, imageName, tag, repository = path, chart, repoURL = '', targetRevision, model, revision, name, value } = map;
  for (const reference of [image, imageName]) if (isText(reference)) yield* imageOf(reference);
  if (isText(tag) && isText(repository)) yield* imageOf(`${repository}:${tag}`);
  if (isText(targetRevision)) yield { kind: 'chart', name: String(chart ?? repoURL), version: targetRevision };
  if (isText(model) && isText(revision)) yield { kind: 'model', name: model, version: revision };
  const [folder, version] = name === 'MODEL_FOLDER' && isText(value) ? value.split('/', 2) : [];
  if (folder !== undefined && version !== undefined) yield { kind: 'model', name: folder, version };
}

const isText = (value: unknown): value is string => typeof value === 'string';

function* imageOf(reference: string): Generator<Pinned> {
  const { name, version, digest } = /^(?<name>.+?):(?<version>[^:/@]+)(?:@(?<digest>.+))?$/.exec(reference)?.groups ?? {};
  if (name !== undefined && version !== undefined) yield { kind: 'image', name, version, ...(digest !== undefined && { digest }) };
}
