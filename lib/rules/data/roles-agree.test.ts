import { problems } from '../testing/problems';

/** A role of the database, and the Secret that it takes its password from. */
const named = (username: string) =>
  problems('roles-agree', ({ get, add }) => {
    get('Cluster/database').spec.managed = { roles: [{ name: 'web', login: true, passwordSecret: { name: 'web-password' } }] };
    const secret = structuredClone(get('ExternalSecret/web-keys'));
    Object.assign(secret.metadata, { name: 'web-password', namespace: 'llm' });
    secret.spec.target = { name: 'web-password', template: { data: { username, password: '{{ .password }}' } } };
    add(secret);
  });

test('accepts a Secret with the name of its role, or with one that the store tells', () => {
  expect([...named('web'), ...named('{{ .username }}')]).toEqual([]);
});

test('fails for the password of another role', () => {
  expect(named('postgres')).toEqual([
    'ExternalSecret/web-password: /spec/target/template/data/username is "postgres", and the Secret is of role "web"',
  ]);
});
