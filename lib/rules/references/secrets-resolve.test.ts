import { behindIstio } from '../testing/behind-istio';
import { problems } from '../testing/problems';
import type { Drafts } from '../testing/sample-target';

const KEY = '/spec/template/spec/containers/0/env/0/valueFrom/secretKeyRef';

test('fails for a Secret that nothing delivers', () => {
  expect(problems('secrets-resolve', ({ remove }) => remove('ExternalSecret/web-keys'))).toEqual([
    `Deployment/web: ${KEY}/name names Secret "web-keys", which nothing delivers to app (there is none)`,
  ]);
});

test('fails for a key that the ExternalSecret does not deliver', () => {
  expect(
    problems('secrets-resolve', ({ get }) => {
      get('ExternalSecret/web-keys').spec.data[0].secretKey = 'API_KEY';
    }),
  ).toEqual([
    `Deployment/web: ${KEY}/key reads key "api-key" of Secret "web-keys", which ExternalSecret/web-keys does not deliver (there: API_KEY)`,
  ]);
});

test('fails for a fetched key that the template leaves out', () => {
  expect(
    problems('secrets-resolve', ({ get }) => {
      get('ExternalSecret/web-keys').spec.target.template = { data: { url: 'https://{{ .user }}@example.com' } };
    }),
  ).toHaveLength(1);
});

test('fails for pull secrets of pods and of service accounts', () => {
  expect(
    problems('secrets-resolve', ({ get }) => {
      get('ServiceAccount/web').imagePullSecrets = [{ name: 'registry' }];
      get('Deployment/web').spec.template.spec.imagePullSecrets = [{ name: 'registry' }];
    }),
  ).toEqual([
    'Deployment/web: /spec/template/spec/imagePullSecrets/0/name names Secret "registry", which nothing delivers to app (there: web-keys)',
    'ServiceAccount/web: /imagePullSecrets/0/name names Secret "registry", which nothing delivers to app (there: web-keys)',
  ]);
});

test('fails for a listener whose certificate is requested under another name', () => {
  expect(
    problems('secrets-resolve', ({ get }) => {
      get('Certificate/public').spec.secretName = 'public-cert';
    }),
  ).toHaveLength(2);
});

test("fails for a cluster issuer's Secret outside of cert-manager's namespace", () => {
  expect(
    problems('secrets-resolve', ({ get }) => {
      get('ClusterIssuer/internal').spec = { ca: { secretName: 'web-keys' } };
    })[0],
  ).toBe('ClusterIssuer/internal: /spec/ca/secretName names Secret "web-keys", which nothing delivers to cert-manager (there is none)');
});

test('accepts what a database cluster makes, any key of a whole entry, and a merging template', () => {
  expect(
    problems('secrets-resolve', ({ get, add }) => {
      get('ExternalSecret/web-keys').spec.target.template = { mergePolicy: 'Merge', data: { url: 'x' } };
      const read = (name: string, key: string) => ({ name: key, valueFrom: { secretKeyRef: { name, key } } });
      get('Deployment/model').spec.template.spec.containers[0].env = [read('database-app', 'uri'), read('all', 'whatever')];
      add({
        apiVersion: 'external-secrets.io/v1',
        kind: 'ExternalSecret',
        metadata: { name: 'all', namespace: 'llm' },
        spec: { dataFrom: [{ extract: { key: 'all' } }] },
      });
    }),
  ).toEqual([]);
});

test('looks for the certificate of a gateway of Istio where its pods are', () => {
  const gateway = (change: (drafts: Drafts) => void) =>
    problems('secrets-resolve', (drafts) => {
      behindIstio(drafts);
      change(drafts);
    });
  const missing = (name: string) =>
    `Gateway/models: /spec/servers/1/tls/credentialName names Secret "${name}", which nothing delivers to istio-ingress`;

  expect(gateway(() => {})).toEqual([]);
  expect(gateway(({ get }) => Object.assign(get('Gateway/models').metadata, { namespace: 'app' }))).toEqual([]);
  expect(gateway(({ get }) => Object.assign(get('Certificate/models').metadata, { namespace: 'app' }))[0]).toBe(
    `${missing('models-tls')} (there is none)`,
  );
  expect(gateway(({ get }) => Object.assign(get('Gateway/models').spec.servers[1].tls, { credentialName: 'public-tls' }))[0]).toBe(
    `${missing('public-tls')} (there: models-tls)`,
  );
});

test('fails for a Secret that an account names for others', () => {
  const found = problems(
    'secrets-resolve',
    ({ get }) => void Object.assign(get('ServiceAccount/web'), { secrets: [{ name: 'web-kyes' }] }),
  );

  expect(found).toEqual([expect.stringContaining('ServiceAccount/web: /secrets/0/name')]);
});
