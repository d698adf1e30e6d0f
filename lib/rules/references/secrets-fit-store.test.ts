import { problems } from '../testing/problems';
import type { Draft, Drafts } from '../testing/sample-target';

const RULE = 'secrets-fit-store';
const AT = 'ExternalSecret/web-keys: /spec';
const keys = (change: (spec: Draft, drafts: Drafts) => void) =>
  problems(RULE, (drafts) => change(drafts.get('ExternalSecret/web-keys').spec, drafts));
const stored = (kind: string, key: string, property?: string) =>
  keys((spec, { get }) => {
    get('ClusterSecretStore/platform').spec.provider = { [kind]: {} };
    for (const each of [spec, get('ExternalSecret/on-call').spec]) each.data[0].remoteRef = { key, ...(property && { property }) };
  });

test('accepts names that the store can have', () => {
  expect([stored('aws', 'web/api-key'), stored('azurekv', 'web-api-key'), stored('gcpsm', 'web_api_key')]).toEqual([[], [], []]);
  expect(stored('kubernetes', 'local-store', 'web-api-key')).toEqual([]);
});

test.each([
  ['azurekv', 'web/api_key', 'the store (azurekv) cannot have: it takes letters, digits and dashes'],
  ['gcpsm', 'web/api-key', 'it takes letters, digits, dashes and underscores'],
  ['aws', 'web api key', 'it takes letters, digits and /_+=.@-'],
])('fails for a name that a store of kind %s refuses', (kind, key, message) => {
  expect(stored(kind, key)).toEqual([expect.stringContaining(message), expect.stringContaining(message)]);
});

test('fails for a whole Secret where one value is meant', () => {
  expect(stored('kubernetes', 'local-store')).toContainEqual(expect.stringContaining(`${AT}/data/0/remoteRef/property is missing`));
});

test.each<[string, Draft, string]>([
  ['an engine that is gone', { target: { name: 'web-keys', template: { engineVersion: 'v1' } } }, '/target/template/engineVersion is "v1"'],
  [
    'a Secret that nobody makes',
    { target: { name: 'web-keys', creationPolicy: 'Merge' } },
    '/target/creationPolicy is Merge, but no other ExternalSecret creates Secret "web-keys"',
  ],
  ['a Secret that vanishes', { target: { name: 'web-keys', deletionPolicy: 'Delete' } }, '/target/deletionPolicy is Delete'],
  [
    'a value that is read once',
    { refreshInterval: '0' },
    '/refreshInterval is 0: the Secret would never be read again, and a changed value never arrive',
  ],
])('fails for %s', (_, changed, message) => {
  expect(keys((spec) => Object.assign(spec, changed))).toEqual([expect.stringContaining(`${AT}${message}`)]);
});

test('fails for two ExternalSecrets that write one Secret', () => {
  const found = keys((_, { get }) => {
    const other = get('ExternalSecret/on-call');
    Object.assign(other, {
      metadata: { ...other.metadata, namespace: 'app' },
      spec: { ...other.spec, target: { name: 'web-keys', creationPolicy: 'Owner' } },
    });
  });

  expect(found).toEqual([
    expect.stringMatching(/: \/spec\/target\/name is "web-keys", a Secret that ExternalSecret\/[\w-]+ writes already$/),
  ]);
});

test('fails for two keys of one entry', () => {
  expect(keys(({ data }) => data.push({ secretKey: 'salt', remoteRef: { key: 'web-api-key' } }))).toEqual([
    `${AT}/data/1/remoteRef asks for "web-api-key", which key "api-key" is taken from already: two keys would have one value`,
  ]);
});

test('fails for a Secret of another type than its reader takes', () => {
  const found = keys((_, { get }) => {
    get('ServiceAccount/web').imagePullSecrets = [{ name: 'web-keys' }];
  });

  expect(found).toEqual([
    `${AT}/target/template/type is "Opaque", but the reader of the Secret takes type kubernetes.io/dockerconfigjson alone`,
  ]);
});

const patched = (template: Draft) =>
  keys((spec, { get }) => {
    spec.target.template = template;
    Object.assign(get('KongPlugin/limits'), {
      configPatches: [{ path: '/redis/password', valueFrom: { secretKeyRef: { name: 'web-keys', key: 'api-key' } } }],
    });
  });

test('accepts a value for a plugin that is made JSON', () => {
  expect(patched({ data: { 'api-key': '{{ .api-key | toJson }}' } })).toEqual([]);
});

test('fails for a value that Kong would paste into JSON as it stands', () => {
  expect([patched({ data: { 'api-key': '{{ .api-key }}' } }), patched({ type: 'Opaque' })].flat()).toEqual([
    `${AT}/target/template/data/api-key is "{{ .api-key }}": Kong reads it as JSON, so it ends with toJson`,
    `${AT}/target/template/data/api-key is missing, and the value stands as it is: Kong reads it as JSON, so it ends with toJson`,
  ]);
});
