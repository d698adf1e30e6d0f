import { problems } from '../testing/problems';

const told = (name: string, value: string) =>
  problems('public-urls-lead-back', ({ get }) => get('Deployment/web').spec.template.spec.containers[0].env.push({ name, value }));
const AT = 'Deployment/web: /spec/template/spec/containers/0/env/1/value';

test('accepts the host of the route, and addresses that are no browser’s', () => {
  expect(told('WEBUI_URL', 'https://web.example.com/')).toEqual([]);
  expect(told('CORS_ALLOW_ORIGIN', 'https://web.example.com;http://localhost:3000')).toEqual([]);
  expect(told('OTHER_URL', 'https://elsewhere.example.com')).toEqual([]);
});

test('fails for the address of another', () => {
  expect(told('WEBUI_URL', 'https://chat.example.com')).toEqual([
    `${AT} is "https://chat.example.com", but routes bring it the requests of another host (there: web.example.com)`,
  ]);
});

test('fails for an address without TLS', () => {
  expect(told('CORS_ALLOW_ORIGIN', 'http://web.example.com')).toEqual([
    `${AT} is "http://web.example.com", but its routes answer to https alone`,
  ]);
});
