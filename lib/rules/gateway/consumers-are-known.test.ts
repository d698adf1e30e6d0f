import { problems } from '../testing/problems';
import type { Drafts } from '../testing/sample-target';

const GROUP = 'configuration.konghq.com/v1';
const AT = 'ExternalSecret/users: /spec/target/template';
const LABEL = `${AT}/metadata/labels/konghq.com~1credential`;

const withTokens = ({ add, get }: Drafts): void => {
  const metadata = { name: 'users', namespace: 'app' };
  const template = {
    metadata: { labels: { 'konghq.com/credential': 'jwt' } },
    data: { algorithm: 'HS256', key: 'web', secret: '{{ .secret }}' },
  };
  add(
    {
      ...{ apiVersion: GROUP, kind: 'KongConsumer', credentials: ['users'] },
      metadata: { ...metadata, annotations: { 'kubernetes.io/ingress.class': 'kong' } },
    },
    { apiVersion: GROUP, kind: 'KongPlugin', metadata, plugin: 'jwt', config: { claims_to_verify: ['exp'], uri_param_names: [] } },
    {
      ...{ apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata },
      spec: { data: [{ secretKey: 'secret', remoteRef: { key: 'web-api-key' } }], target: { name: 'users', template } },
    },
  );
  get('Deployment/web').spec.template.spec.containers[0].env.push(
    { name: 'JWT_ISSUER', value: 'web' },
    { name: 'JWT_ALGORITHM', value: 'HS256' },
  );
};
const found = (change: (drafts: Drafts) => void = () => {}) =>
  problems('consumers-are-known', (drafts) => {
    withTokens(drafts);
    change(drafts);
  });
const template = ({ get }: Drafts) => get('ExternalSecret/users').spec.target.template;

test('accepts a consumer whose tokens a service signs', () => {
  expect(found()).toEqual([]);
});

test('accepts a credential whose fields are taken as they are fetched', () => {
  expect(
    found((drafts) => {
      drafts.get('KongPlugin/users').plugin = 'key-auth';
      drafts.get('ExternalSecret/users').spec.data = [{ secretKey: 'key', remoteRef: { key: 'web-api-key' } }];
      drafts.get('ExternalSecret/users').spec.target.template = { metadata: { labels: { 'konghq.com/credential': 'key-auth' } } };
    }),
  ).toEqual([]);
});

test('fails for a consumer of another gateway than the routes beside it, and for one without a credential', () => {
  expect(
    found(({ get }) => {
      get('KongConsumer/users').metadata.annotations = {};
    }),
  ).toEqual([
    'KongConsumer/users: /metadata/annotations/kubernetes.io~1ingress.class is missing, but routes of the namespace attach to gateways of other classes (there: kong)',
  ]);
  expect(
    found(({ get }) => {
      get('KongConsumer/users').credentials = [];
    }),
  ).toEqual(['KongConsumer/users: /credentials is empty: nobody can be this consumer']);
});

test('fails for a credential of no kind, of one that nothing checks, and without a field', () => {
  const labelled = (value?: string) =>
    found((drafts) => {
      template(drafts).metadata.labels = value === undefined ? {} : { 'konghq.com/credential': value };
    });

  expect(labelled()).toEqual([
    `${LABEL} is missing: Kong's controller does not know what the Secret is (there: acl, basic-auth, hmac-auth, jwt, key-auth)`,
  ]);
  expect(labelled('key-auth')).toEqual([`${LABEL} is "key-auth", but no plugin of the namespace checks credentials of that kind`]);
  expect(
    found((drafts) => {
      template(drafts).data.algorithm = 'RS256';
      delete template(drafts).data.secret;
    }),
  ).toEqual([`${AT}/data lacks "rsa_public_key", without which Kong takes no jwt credential`]);
});

test('fails where tokens are signed by another secret, another name or in another way', () => {
  const ENV = 'Deployment/web: /spec/template/spec/containers/0/env';

  expect(
    found(({ get }) => {
      get('ExternalSecret/users').spec.data[0].remoteRef.key = 'other';
    }),
  ).toEqual(['ExternalSecret/users: /spec/data takes the entry "other" of the secret store, but no service signs tokens with it']);
  expect(
    found(({ get }) => {
      const { env } = get('Deployment/web').spec.template.spec.containers[0];
      env[1].value = 'auth';
      env[2].value = 'HS512';
    }),
  ).toEqual([
    `${ENV}/1/value is "auth", but Kong expects "web" (ExternalSecret/users)`,
    `${ENV}/2/value is "HS512", but Kong expects "HS256" (ExternalSecret/users)`,
  ]);
});

test('fails for tokens without an end, and for those in addresses', () => {
  expect(
    found(({ get }) => {
      get('KongPlugin/users').config = {};
    }),
  ).toEqual([
    'KongPlugin/users: /config/claims_to_verify does not list "exp": tokens would never expire',
    'KongPlugin/users: /config/uri_param_names is not empty: tokens are taken from addresses, which logs keep',
  ]);
});
