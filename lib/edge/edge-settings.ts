import type { OwnNamespace } from '../kubernetes/namespaces';
import type { TlsSettings } from '../routing/tls-settings';

/** What an environment decides about the way in. */
export interface EdgeSettings {
  /** Proxies of the public gateway, and as many of the internal one that carries calls to the models. */
  readonly replicas: number;

  /** Host of this region alone. */
  readonly regionalHost: string;

  /**
   * Host that several regions answer to; DNS picks one of them.
   *
   * @default - the region answers to its own host only
   */
  readonly globalHost?: string;

  /**
   * Hosts of apps that do not answer to those of the region, by the namespace of the app. Each app has a certificate of its own.
   *
   * @default - every app answers to the hosts of the region
   */
  readonly appHosts?: Readonly<Partial<Record<OwnNamespace, readonly string[]>>>;

  /**
   * Who reaches the way in: anybody, at the address that the platform gives it, or the cluster alone.
   *
   * @default 'everybody'
   */
  readonly reachedBy?: 'everybody' | 'cluster';

  readonly tls: TlsSettings;

  /** Requests per minute and client before the gateway answers 429. */
  readonly requestsPerMinute: number;
}

/** Hosts that lead to this target and to no other. */
export const ownHosts = ({ regionalHost, appHosts = {} }: EdgeSettings): readonly string[] => [
  regionalHost,
  ...Object.values(appHosts).flat(),
];
