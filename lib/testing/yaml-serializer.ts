import { stringify } from 'yaml';

import type { Manifest } from '../kubernetes/manifest';

/** Jest snapshot serializer: a list of manifests is written as the YAML that Argo CD will read. */
export const test = (value: unknown): boolean =>
  Array.isArray(value) && value.length > 0 && value.every((item) => item?.apiVersion && item?.kind);

export const serialize = (manifests: readonly Manifest[]): string => manifests.map((manifest) => stringify(manifest)).join('---\n');
