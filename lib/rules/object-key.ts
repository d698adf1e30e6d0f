import { groupOf, type Manifest } from '../kubernetes/manifest';

/** A kind as `kubectl` takes it, `Canary.flagger.app`: some kinds exist in several groups. */
export function kindOf(object: Pick<Manifest, 'apiVersion' | 'kind'>): string {
  const { apiVersion, kind } = object;
  const known = kinds.get(apiVersion)?.get(kind);
  if (known !== undefined) return known;
  const group = groupOf(object);
  const name = group === '' ? kind : `${kind}.${group}`;
  if (kinds.size === MOST_VERSIONS) kinds.clear();
  const ofVersion = kinds.get(apiVersion) ?? new Map<string, string>();
  if (ofVersion.size === MOST_VERSIONS) ofVersion.clear();
  kinds.set(apiVersion, ofVersion.set(kind, name));
  return name;
}

/** Nearly every rule asks, for the same few kinds. */
const kinds = new Map<string, Map<string, string>>();
const MOST_VERSIONS = 200;

/** How an object is found: `Service/llm/llm-service`. */
export const key = (kind: string, namespace: string, name: string): string => `${kind}/${namespace}/${name}`;
