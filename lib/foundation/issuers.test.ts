import { eks } from '../environments/platforms';
import type { Manifest } from '../kubernetes/manifest';
import type { TlsSettings } from '../routing/tls-settings';
import { secretStore } from '../security/secret-store';
import { find, synth } from '../testing/manifests';
import { defineIssuer } from './issuers';

const HOST = 'api.example.com';
const issued = (tls: TlsSettings, ...others: readonly string[]): readonly Manifest[] =>
  synth((chart) => defineIssuer(chart, { tls, hosts: [HOST, ...others], store: secretStore(eks) }));

const dns01: TlsSettings = {
  kind: 'lets-encrypt',
  server: 'production',
  email: 'platform@example.com',
  challenge: { kind: 'dns01', zone: 'example.com' },
};

test('signs with an authority of its own, which signs itself', () => {
  const manifests = issued({ kind: 'internal-ca' });

  expect(find(manifests, 'ClusterIssuer', 'internal-ca-root').spec).toEqual({ selfSigned: {} });
  expect(find(manifests, 'Certificate', 'internal-ca')).toMatchObject({
    metadata: { namespace: 'cert-manager' },
    spec: { isCA: true, secretName: 'internal-ca', issuerRef: { kind: 'ClusterIssuer', name: 'internal-ca-root' } },
  });
  expect(find(manifests, 'ClusterIssuer', 'internal-ca').spec).toEqual({ ca: { secretName: 'internal-ca' } });
});

test('keeps the key of the authority, whose certificate people have installed', () => {
  expect(find(issued({ kind: 'internal-ca' }), 'Certificate', 'internal-ca').spec.privateKey.rotationPolicy).toBe('Never');
});

test('proves hosts of a zone by DNS, with a token that is delivered to where cert-manager reads it', () => {
  const manifests = issued(dns01);

  expect(find(manifests, 'ClusterIssuer', 'letsencrypt-prod').spec.acme).toMatchObject({
    server: 'https://acme-v02.api.letsencrypt.org/directory',
    email: 'platform@example.com',
    privateKeySecretRef: { name: 'letsencrypt-prod' },
    solvers: [
      {
        selector: { dnsZones: ['example.com'] },
        dns01: { cloudflare: { apiTokenSecretRef: { name: 'cloudflare-api-token-secret', key: 'api-token' } } },
      },
    ],
  });
  expect(find(manifests, 'ExternalSecret', 'cloudflare-api-token-secret').metadata.namespace).toBe('cert-manager');
});

test('asks the staging service for certificates that nobody relies on', () => {
  const { acme } = find(issued({ ...dns01, server: 'staging' }), 'ClusterIssuer', 'letsencrypt-staging').spec;

  expect(acme.server).toBe('https://acme-staging-v02.api.letsencrypt.org/directory');
});

test('proves hosts of other zones through the gateway, and no host in two ways', () => {
  const { acme } = find(issued(dns01, 'chat.example.org', 'notexample.com'), 'ClusterIssuer', 'letsencrypt-prod').spec;

  expect(acme.solvers).toEqual([
    expect.objectContaining({ selector: { dnsZones: ['example.com'] } }),
    { selector: { dnsNames: ['chat.example.org', 'notexample.com'] }, http01: expect.anything() },
  ]);
});

test('proves the host of one region through the plain listener of its gateway', () => {
  const { acme } = find(issued({ ...dns01, challenge: { kind: 'http01' } }), 'ClusterIssuer', 'letsencrypt-prod').spec;

  expect(acme.solvers).toEqual([
    {
      http01: {
        gatewayHTTPRoute: {
          serviceType: 'ClusterIP',
          parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'public', namespace: 'edge', sectionName: 'http' }],
        },
      },
    },
  ]);
});
