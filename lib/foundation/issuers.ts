import { Construct } from 'constructs';

import {
  Certificate,
  CertificateSpecPrivateKeyAlgorithm,
  CertificateSpecPrivateKeyRotationPolicy,
  ClusterIssuer,
  type ClusterIssuerSpecAcmeSolvers,
  ClusterIssuerSpecAcmeSolversDns01CnameStrategy as CnameStrategy,
} from '../../imports/cert-manager.io';
import type { AddonNamespace } from '../kubernetes/namespaces';
import { fromAddon } from '../kubernetes/sync-options';
import { stores } from '../kubernetes/sync-wave';
import { EDGE, HTTP_LISTENER, publicKong } from '../routing/kong';
import { issuerOf, type LetsEncrypt, provedThroughGateway, type TlsSettings } from '../routing/tls-settings';
import { DeliveredSecret } from '../security/delivered-secret';
import type { SecretStore } from '../security/secret-store';

/** Where cert-manager looks for the Secrets of ClusterIssuers. */
const NAMESPACE: AddonNamespace = 'cert-manager';

const ACME_DIRECTORIES = {
  staging: 'https://acme-staging-v02.api.letsencrypt.org/directory',
  production: 'https://acme-v02.api.letsencrypt.org/directory',
};

const annotations = { ...stores, ...fromAddon };

/** What the target's certificates are issued for, and by whom. */
export interface IssuerProps {
  readonly tls: TlsSettings;

  /** Every host of the public gateway. */
  readonly hosts: readonly string[];

  readonly store: SecretStore;
}

/** Defines the ClusterIssuer that signs the target's certificates. */
export function defineIssuer(scope: Construct, { tls, hosts, store }: IssuerProps): void {
  if (tls.kind === 'internal-ca') new InternalCaIssuer(scope, issuerOf(tls));
  else new LetsEncryptIssuer(scope, issuerOf(tls), tls, hosts, store);
}

/** A certificate authority that the cluster makes for itself: one certificate that clients install, and the issuer that signs with it. */
class InternalCaIssuer extends Construct {
  constructor(scope: Construct, name: string) {
    super(scope, name);

    const root = `${name}-root`;
    new ClusterIssuer(this, 'root', { metadata: { name: root, annotations }, spec: { selfSigned: {} } });
    new Certificate(this, 'certificate', {
      metadata: { name, namespace: NAMESPACE, annotations },
      spec: {
        isCa: true,
        commonName: 'Slipway internal CA',
        secretName: name,
        duration: '87600h', // ten years: clients install it by hand
        renewBefore: '8760h',
        issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: root },
        // With another key, everything signed so far would no longer be trusted by whoever installs the new certificate, and the reverse.
        privateKey: {
          algorithm: CertificateSpecPrivateKeyAlgorithm.ECDSA,
          size: 256,
          rotationPolicy: CertificateSpecPrivateKeyRotationPolicy.NEVER,
        },
      },
    });
    new ClusterIssuer(this, 'issuer', { metadata: { name, annotations }, spec: { ca: { secretName: name } } });
  }
}

/** Let's Encrypt, with an account of this cluster's own. */
class LetsEncryptIssuer extends Construct {
  constructor(scope: Construct, name: string, tls: LetsEncrypt, hosts: readonly string[], store: SecretStore) {
    super(scope, name);

    const { server, email, challenge } = tls;
    const outside = provedThroughGateway(tls, hosts);
    const solvers =
      challenge.kind === 'http01'
        ? [throughGateway]
        : [
            cloudflare(this, challenge.zone, store),
            ...(outside.length === 0 ? [] : [{ selector: { dnsNames: [...outside] }, ...throughGateway }]),
          ];
    new ClusterIssuer(this, 'issuer', {
      metadata: { name, annotations },
      spec: { acme: { server: ACME_DIRECTORIES[server], email, privateKeySecretRef: { name }, solvers } },
    });
  }
}

/** The records of the hosts may be another provider's: there, `_acme-challenge` is an alias into the zone. */
function cloudflare(scope: Construct, zone: string, store: SecretStore): ClusterIssuerSpecAcmeSolvers {
  const token = { name: 'cloudflare-api-token-secret', key: 'api-token' };
  new DeliveredSecret(scope, token.name, { store, namespace: NAMESPACE, values: { [token.key]: 'cloudflare-api-token' } });
  return { selector: { dnsZones: [zone] }, dns01: { cnameStrategy: CnameStrategy.FOLLOW, cloudflare: { apiTokenSecretRef: token } } };
}

/** The challenge is a route on the gateway's plain listener, which says, as no Ingress could, that it is answered without a certificate. */
const throughGateway: ClusterIssuerSpecAcmeSolvers = {
  http01: {
    gatewayHttpRoute: {
      serviceType: 'ClusterIP',
      parentRefs: [
        { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: publicKong.gateway, namespace: EDGE, sectionName: HTTP_LISTENER },
      ],
    },
  },
};
