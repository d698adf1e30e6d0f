import { groupOf, type Manifest } from '../kubernetes/manifest';

/** A kind with its API group, as people write it: `apps/Deployment`, and `Service` for the core group. */
export type GroupKind = string;

/** The kind of an object. */
export function groupKindOf(manifest: Pick<Manifest, 'apiVersion' | 'kind'>): GroupKind {
  const group = groupOf(manifest);
  return group === '' ? manifest.kind : `${group}/${manifest.kind}`;
}

/** The two halves of a kind, as AppProjects list them. */
export function splitGroupKind(groupKind: GroupKind): { readonly group: string; readonly kind: string } {
  const slash = groupKind.lastIndexOf('/');
  return { group: slash < 0 ? '' : groupKind.slice(0, slash), kind: groupKind.slice(slash + 1) };
}
