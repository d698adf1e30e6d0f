import { behindIstio } from '../testing/behind-istio';
import { problems } from '../testing/problems';
import type { Draft } from '../testing/sample-target';

const RULE = 'certificates-can-be-issued';
const certificate = (spec: Draft) => problems(RULE, ({ get }) => Object.assign(get('Certificate/public').spec, spec));
const solver = (sectionName: string) => ({
  http01: { gatewayHTTPRoute: { parentRefs: [{ name: 'public', namespace: 'edge', sectionName }] } },
});
const acme = (change: Draft) =>
  problems(RULE, ({ get }) => {
    get('Gateway/public').spec.listeners.push({ name: 'http', port: 80, protocol: 'HTTP' });
    get('ClusterIssuer/internal').spec = {
      acme: {
        server: 'https://acme-v02.api.letsencrypt.org/directory',
        email: 'platform@example.com',
        privateKeySecretRef: { name: 'account' },
        solvers: [solver('http')],
        ...change,
      },
    };
  });

test('accepts a certificate that an authority grants', () => {
  expect(certificate({ duration: '2160h', renewBefore: '360h', privateKey: { algorithm: 'ECDSA', size: 256 } })).toEqual([]);
  expect(acme({})).toEqual([]);
});

test.each<[string, Draft, string]>([
  ['a life of minutes', { duration: '10m' }, '/spec/duration is "10m", not a duration of an hour or more'],
  [
    'a renewal after the end',
    { duration: '24h', renewBefore: '48h' },
    '/spec/renewBefore is "48h", not between five minutes and the life of 24h',
  ],
  ['a renewal at no time', { renewBeforePercentage: 150 }, '/spec/renewBeforePercentage is 150, not between 0 and 100'],
  [
    'a size that a key cannot have',
    { privateKey: { algorithm: 'ECDSA', size: 2048 } },
    '/spec/privateKey/size is 2048, which no key of ECDSA has',
  ],
  ['nobody', { dnsNames: undefined }, '/spec/dnsNames is missing: the certificate is for nobody'],
])('fails for a certificate with %s', (_, spec, message) => {
  expect(certificate(spec)).toEqual([expect.stringContaining(`Certificate/public: ${message}`)]);
});

test.each<[string, Draft, string]>([
  [
    'another directory',
    { server: 'https://acme-v02.api.letsencrypt.org/dir' },
    '/server is "https://acme-v02.api.letsencrypt.org/dir", where Let\'s Encrypt',
  ],
  ['an address that is none', { email: 'platform' }, '/email is "platform", no address'],
  ['no account', { privateKeySecretRef: undefined }, '/privateKeySecretRef/name is missing'],
  ['no way to prove a host', { solvers: [] }, '/solvers is empty'],
  [
    'a listener that the authority does not ask',
    { solvers: [solver('https')] },
    '/sectionName is "https", no listener for HTTP on port 80',
  ],
])('fails for an issuer with %s', (_, change, message) => {
  expect(acme(change)).toEqual([expect.stringContaining(message)]);
});

test('fails for an authority that may not sign', () => {
  const found = problems(RULE, ({ get }) => {
    get('ClusterIssuer/internal').spec = { ca: { secretName: 'public-tls' } };
  });

  expect(found).toEqual(['Certificate/public: /spec/isCA is not true, though ClusterIssuer/internal signs with this certificate']);
});

describe('a host that leads to Istio’s gateway', () => {
  const cloudflare = { dns01: { cloudflare: { apiTokenSecretRef: { name: 'token', key: 'token' } } } };
  const proved = (...solvers: readonly Draft[]) =>
    problems(RULE, (drafts) => {
      behindIstio(drafts);
      drafts.get('Gateway/public').spec.listeners.push({ name: 'http', port: 80, protocol: 'HTTP' });
      drafts.get('ClusterIssuer/internal').spec = {
        acme: { server: 'https://acme-v02.api.letsencrypt.org/directory', privateKeySecretRef: { name: 'account' }, solvers },
      };
    });
  const zone = { selector: { dnsZones: ['example.com'] }, ...cloudflare };

  test('is proved by a record', () => {
    expect([...proved(cloudflare), ...proved(solver('http'), zone)]).toEqual([]);
  });

  test('fails where it would be asked for the proof itself', () => {
    const message = `is "models.example.com", which leads to Istio's gateway, and no challenge over HTTP is answered there`;
    const named = { selector: { dnsNames: ['models.example.com'] }, ...solver('http') };

    expect([...proved(solver('http')), ...proved(zone, named)]).toEqual(Array(2).fill(`Certificate/models: /spec/dnsNames/0 ${message}`));
  });

  test('fails where no solver is for it', () => {
    expect(proved({ ...cloudflare, selector: { dnsZones: ['example.org'] } })).toEqual([
      'Certificate/models: /spec/dnsNames/0 is "models.example.com", which no solver of its issuer is for',
    ]);
  });
});

test('fails for a gateway that has a certificate issued beside the one that is delivered', () => {
  const asking = (secretName: string) =>
    problems(RULE, ({ get }) => {
      get('Gateway/public').metadata.annotations = { 'cert-manager.io/cluster-issuer': 'internal' };
      get('Certificate/public').spec.secretName = secretName;
    });

  expect(asking('another')).toEqual([]);
  expect(asking('public-tls')).toEqual([
    'Gateway/public: /metadata/annotations/cert-manager.io~1cluster-issuer has cert-manager issue Secret "public-tls" again, which a Certificate delivers: each renewal of one undoes the other',
  ]);
});

test('fails for a key of Cloudflare without its account, and for an issuer of another group', () => {
  const cloudflare = (dns01: object) => acme({ solvers: [{ dns01: { cloudflare: dns01 } }] });
  const key = { name: 'cloudflare', key: 'token' };

  expect(cloudflare({ apiTokenSecretRef: key })).toEqual([]);
  expect(cloudflare({ apiKeySecretRef: key, email: 'dns@example.com' })).toEqual([]);
  expect(cloudflare({ apiKeySecretRef: key })).toEqual([
    'ClusterIssuer/internal: /spec/acme/solvers/0/dns01/cloudflare/apiKeySecretRef is the key of an account, and no email says of which: apiTokenSecretRef is for tokens',
  ]);
  expect(certificate({ issuerRef: { kind: 'ClusterIssuer', name: 'internal', group: 'certmanager.k8s.io' } })).toEqual([
    'Certificate/public: /spec/issuerRef/group is "certmanager.k8s.io", a group without issuers here: cert-manager.io is meant',
  ]);
});
