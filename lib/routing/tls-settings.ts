/** Who signs the gateway's certificate. */
export type TlsSettings = InternalCa | LetsEncrypt;

/** A certificate authority of the cluster's own, whose certificate clients install. */
export interface InternalCa {
  readonly kind: 'internal-ca';
}

/** A certificate that every client trusts. */
export interface LetsEncrypt {
  readonly kind: 'lets-encrypt';
  readonly server: 'staging' | 'production';

  /** Where Let's Encrypt writes before a certificate lapses. */
  readonly email: string;

  /** DNS-01 where several regions share a host: an HTTP challenge could reach another region. */
  readonly challenge: { readonly kind: 'dns01'; readonly zone: string } | { readonly kind: 'http01' };
}

/** The hosts that Let's Encrypt proves through the gateway: all of them, or those outside of the zone whose records it may write. */
export function provedThroughGateway(tls: TlsSettings, hosts: readonly string[]): readonly string[] {
  if (tls.kind === 'internal-ca') return [];
  const { challenge } = tls;
  return challenge.kind === 'http01' ? hosts : hosts.filter((host) => host !== challenge.zone && !host.endsWith(`.${challenge.zone}`));
}

/** The ClusterIssuer that signs. */
export function issuerOf(tls: TlsSettings): 'internal-ca' | 'letsencrypt-prod' | 'letsencrypt-staging' {
  if (tls.kind === 'internal-ca') return 'internal-ca';
  return tls.server === 'production' ? 'letsencrypt-prod' : 'letsencrypt-staging';
}
