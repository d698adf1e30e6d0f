import { problems } from '../testing/problems';

const renewed = (template: object | undefined) =>
  problems('passwords-are-renewed', ({ get, add }) => {
    get('Cluster/database').spec.managed = { roles: [{ name: 'web', login: true, passwordSecret: { name: 'web-password' } }] };
    add({
      ...{ apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 'web-password', namespace: 'llm' } },
      spec: { target: { name: 'web-password', template }, data: [{ secretKey: 'password', remoteRef: { key: 'web-password' } }] },
    });
  });
const labels = { 'cnpg.io/reload': 'true' };
const AT = 'ExternalSecret/web-password: /spec/target/template';

test('accepts a password that is followed', () => {
  expect(renewed({ metadata: { labels }, data: { username: 'web', password: '{{ .password }}' } })).toEqual([]);
});

test.each([[undefined], [{ metadata: { labels: {} } }], [{ metadata: { labels: { 'cnpg.io/reload': 'yes' } } }]])(
  'fails for a password that nobody follows: %j',
  (template) => {
    expect(renewed(template)).toEqual([
      `${AT}/metadata/labels lacks cnpg.io/reload: "true": role "web" of database would keep its password when the store has a new one`,
    ]);
  },
);
