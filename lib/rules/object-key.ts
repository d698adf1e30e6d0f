import { groupOf, type Manifest } from '../kubernetes/manifest';

/** A kind as `kubectl` takes it, `Canary.flagger.app`: some kinds exist in several groups. */
export const kindOf = (object: Pick<Manifest, 'apiVersion' | 'kind'>): string => {
  const group = groupOf(object);
  return group === '' ? object.kind : `${object.kind}.${group}`;
};

/** How an object is found: `Service/llm/llm-service`. */
export const key = (kind: string, namespace: string, name: string): string => `${kind}/${namespace}/${name}`;
