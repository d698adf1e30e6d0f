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

describe('a path', () => {
  const below = (url: string, name = 'ROOT_URL', path: object = { type: 'PathPrefix', value: '/tools' }, probed = '/tools/health') =>
    problems('public-urls-lead-back', ({ get }) => {
      get('HTTPRoute/web').spec.rules[0].matches = [{ path }];
      const [container] = get('Deployment/web').spec.template.spec.containers;
      container.env.push({ name, value: url });
      if (name !== 'GF_SERVER_ROOT_URL') return;
      container.env.push({ name: 'GF_SERVER_SERVE_FROM_SUB_PATH', value: 'true' });
      container.readinessProbe = { httpGet: { path: probed, port: 'http' } };
    });

  test('may be any that a route leads to the program', () => {
    expect(below('https://web.example.com/tools')).toEqual([]);
    expect(below('https://web.example.com/tools/inner/')).toEqual([]);
    expect(below('https://web.example.com', 'ROOT_URL', { value: '/' })).toEqual([]);
    expect(below('https://web.example.com/tools', 'ROOT_URL', { type: 'RegularExpression', value: '/t.*' })).toEqual([]);
    expect(below('https://web.example.com', 'CORS_ALLOW_ORIGIN')).toEqual([]);
  });

  test.each(['https://web.example.com', 'https://web.example.com/toolsmith', 'https://web.example.com/other'])('fails for %s', (url) => {
    expect(below(url)).toEqual([`${AT} is "${url}", but routes bring it requests of other paths (there: /tools)`]);
  });

  test('is that of the probes where the program answers nowhere else', () => {
    const url = 'https://web.example.com/tools';

    expect(below(url, 'GF_SERVER_ROOT_URL')).toContainEqual(expect.stringContaining('below which it answers, and probes ask'));
    expect(below(url, 'GF_SERVER_ROOT_URL', undefined, '/health').join()).toContain(`is "${url}", below which it answers, and probes ask`);
  });
});
