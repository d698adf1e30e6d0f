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
  ['CORS_ALLOW_ORIGIN', '*', 'pages of anybody may ask in the name of whoever is logged in'],
  ['ENABLE_PIP_INSTALL_FRONTMATTER_REQUIREMENTS', 'True', 'whoever writes a tool installs packages in the pod'],
  ['GF_USERS_ALLOW_SIGN_UP', 'true', 'whoever finds it makes an account'],
  ['GF_SECURITY_COOKIE_SECURE', 'false', 'cookies travel without TLS'],
  ['NODE_TLS_REJECT_UNAUTHORIZED', '0', 'certificates are not checked'],
])('fails for %s=%s', (name, value, what) => {
  expect(set(name, value)).toEqual([`Deployment/web: /spec/template/spec/containers/0/env/1/value is "${value}": ${what} (${name})`]);
});
