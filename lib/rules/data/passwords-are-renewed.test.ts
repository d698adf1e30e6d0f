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

test('accepts a password that is followed, and a user that the store knows', () => {
  expect(renewed({ metadata: { labels }, data: { username: 'web', password: '{{ .password }}' } })).toEqual([]);
  expect(renewed({ metadata: { labels }, data: { username: '{{ .user }}' } })).toEqual([]);
});

test.each([[undefined], [{ metadata: { labels: {} } }], [{ metadata: { labels: { 'cnpg.io/reload': 'yes' } } }]])(
  'fails for a password that nobody follows: %j',
  (template) => {
    expect(renewed(template)).toEqual([
      `${AT}/metadata/labels lacks cnpg.io/reload: "true": role "web" of database would keep its password when the store has a new one`,
    ]);
  },
);

test('fails for the name of another role', () => {
  expect(renewed({ metadata: { labels }, data: { username: 'chat' } })).toEqual([
    `${AT}/data/username is "chat", and the password is that of role "web" of database`,
  ]);
});
