import type { Construct } from 'constructs';

/** Pods that open or accept connections, wherever they run. */
export interface Peer {
  /** Name used in messages and in the names of network policies. */
  readonly name: string;

  /** Namespace of the pods. */
  readonly namespace: string;

  /** Labels that select all of the pods, in every phase of a release. */
  readonly pods: Readonly<Record<string, string>>;

  /**
   * Where network policies for these pods are defined.
   *
   * @default - the pods' namespace denies nothing, so they need no policy of their own (addons)
   */
  readonly scope?: Construct;
}

/** Something that answers: pods behind a Service. */
export interface Endpoint extends Peer {
  /** DNS name of the Service, complete: `litellm.litellm.svc.cluster.local`. */
  readonly host: string;

  /** Port of the Service. */
  readonly port: number;

  /** Port of the pods, which is what a network policy sees. */
  readonly podPort: number;

  /** @default ['TCP'] */
  readonly protocols?: readonly ('TCP' | 'UDP')[];
}

/** The DNS name of a Service, complete, so that resolvers need no search list. */
export function serviceHost(name: string, namespace: string): string {
  return `${name}.${namespace}.svc.cluster.local`;
}

/** The endpoint's base URL, without a port where the scheme implies it. */
export function httpUrl({ host, port }: Endpoint): string {
  return port === 80 ? `http://${host}` : `http://${host}:${port}`;
}

/** The endpoint's base URL as pods of its own namespace know it: by the name of the Service alone, port included. */
export function localUrl({ host, port }: Endpoint): string {
  return `http://${host.slice(0, host.indexOf('.'))}:${port}`;
}
