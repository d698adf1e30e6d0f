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

  readonly tls: TlsSettings;

  /** Requests per minute and client before the gateway answers 429. */
  readonly requestsPerMinute: number;
}

/** Who signs the gateway's certificate. */
export type TlsSettings =
  | { readonly kind: 'internal-ca' }
  | {
      readonly kind: 'lets-encrypt';
      readonly server: 'staging' | 'production';
      /** Where Let's Encrypt writes before a certificate lapses. */
      readonly email: string;
      /** DNS-01 where several regions share a host: an HTTP challenge could reach another region. */
      readonly challenge: { readonly kind: 'dns01'; readonly zone: string } | { readonly kind: 'http01' };
    };
