import { problems } from '../testing/problems';

const set = (name: string, value: string) =>
  problems('doors-stay-shut', ({ get }) => get('Deployment/web').spec.template.spec.containers[0].env.push({ name, value }));

test('accepts settings that ask for a login', () => {
  expect(set('WEBUI_AUTH', 'True')).toEqual([]);
  expect(set('DEFAULT_USER_ROLE', 'pending')).toEqual([]);
});

test.each([
  ['WEBUI_AUTH', 'False', 'nobody has to log in'],
  ['DEFAULT_USER_ROLE', 'admin', 'everybody who signs up becomes an administrator'],
  ['GF_AUTH_ANONYMOUS_ENABLED', 'true', 'nobody has to log in'],
  ['NODE_TLS_REJECT_UNAUTHORIZED', '0', 'certificates are not checked'],
])('fails for %s=%s', (name, value, what) => {
  expect(set(name, value)).toEqual([`Deployment/web: /spec/template/spec/containers/0/env/1/value is "${value}": ${what} (${name})`]);
});
