import { Construct } from 'constructs';

import { Certificate, CertificateSpecPrivateKeyAlgorithm, CertificateSpecPrivateKeyRotationPolicy } from '../../imports/cert-manager.io';
import { fromAddon } from '../kubernetes/sync-options';
import { issuerOf, type TlsSettings } from '../routing/tls-settings';

/** Properties for `GatewayCertificate`. */
export interface GatewayCertificateProps {
  readonly hosts: readonly string[];
  readonly tls: TlsSettings;
}

/** Certificates and their Secrets as people know them: clients read the internal CA from `kong-ssl-certs`, key `ca.crt`. */
const NAMES = {
  'internal-ca': { certificate: 'kong-ssl-certs', secret: 'kong-ssl-certs' },
  'lets-encrypt': { certificate: 'llm-api-cert', secret: 'llm-api-tls' },
} as const satisfies Record<TlsSettings['kind'], unknown>;

/**
 * The certificate of the public gateway, for exactly the hosts that it answers to. Written as a Certificate and nowhere
 * as an annotation: two owners of one Secret would have it issued again and again.
 */
export class GatewayCertificate extends Construct {
  /** Name of the Secret that cert-manager writes. */
  public readonly secret: string;

  constructor(scope: Construct, { hosts, tls }: GatewayCertificateProps) {
    super(scope, 'certificate');

    const { certificate, secret } = NAMES[tls.kind];
    this.secret = secret;

    new Certificate(this, 'certificate', {
      metadata: { name: certificate, annotations: fromAddon },
      spec: {
        secretName: secret,
        // With the region's own host among them no two regions ask for the same set, of which Let's Encrypt signs five a week.
        dnsNames: [...hosts],
        issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: issuerOf(tls) },
        privateKey: {
          algorithm: CertificateSpecPrivateKeyAlgorithm.ECDSA,
          size: 256,
          rotationPolicy: CertificateSpecPrivateKeyRotationPolicy.ALWAYS,
        },
        // A third of its life before it lapses, whatever life the issuer grants: 30 of Let's Encrypt's 90 days.
        renewBeforePercentage: 33,
      },
    });
  }
}
