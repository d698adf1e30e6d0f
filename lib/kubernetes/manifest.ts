/** A Kubernetes object as it is written: plain data, no constructs, no undefined values. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ManifestMetadata;
  // biome-ignore lint/suspicious/noExplicitAny: the rest depends on the kind, and rules read it as data
  readonly [field: string]: any;
}

/** The part of an object's metadata that Slipway reads. */
export interface ManifestMetadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The API group of an object: empty for Kubernetes' core kinds. */
export function groupOf(manifest: Pick<Manifest, 'apiVersion'>): string {
  const slash = manifest.apiVersion.indexOf('/');
  return slash < 0 ? '' : manifest.apiVersion.slice(0, slash);
}

/** How messages name an object: `Deployment/llm-service in llm`. */
export function describe({ kind, metadata }: Manifest): string {
  return metadata.namespace === undefined ? `${kind}/${metadata.name}` : `${kind}/${metadata.name} in ${metadata.namespace}`;
}
