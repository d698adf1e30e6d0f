import { Construct } from 'constructs';

import { Certificate, CertificateSpecPrivateKeyAlgorithm, CertificateSpecPrivateKeyRotationPolicy } from '../../imports/cert-manager.io';
import { fromAddon } from '../kubernetes/sync-options';
import { issuerOf, type TlsSettings } from '../routing/tls-settings';

/** Properties for `GatewayCertificate`. */
export interface GatewayCertificateProps {
  /** Name of the Certificate. */
  readonly name: string;

  /** Name of the Secret that cert-manager writes. */
  readonly secret: string;

  /**
   * Namespace of both: that of the pods which read the Secret.
   *
   * @default - the app's
   */
  readonly namespace?: string;

  readonly hosts: readonly string[];
  readonly tls: TlsSettings;
}

/**
 * A certificate of a gateway that is published, for exactly the hosts that it is used for. Written as a Certificate and nowhere
 * as an annotation: two owners of one Secret would have it issued again and again.
 */
export class GatewayCertificate extends Construct {
  constructor(scope: Construct, { name, secret, namespace, hosts, tls }: GatewayCertificateProps) {
    super(scope, `certificate-${name}`);

    new Certificate(this, 'certificate', {
      metadata: { name, ...(namespace === undefined ? {} : { namespace }), annotations: fromAddon },
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
