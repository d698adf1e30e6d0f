import { problems } from '../testing/problems';
import type { Draft } from '../testing/sample-target';

/** A program that is told a URL, in a region whose gateway has these hosts. */
const told = (url: string, hosts = ['api.example.com', 'nowhere.api.example.com', 'models.nowhere.api.example.com']) =>
  problems('calls-stay-in-region', ({ get }) => {
    const [listener] = get('Gateway/public').spec.listeners;
    get('Gateway/public').spec.listeners = hosts.map((hostname): Draft => ({ ...listener, name: hostname, hostname }));
    get('Deployment/web').spec.template.spec.containers[0].env.push({ name: 'LLM_URL', value: url });
    get('ConfigMap/web-config').data['config.yaml'] = `upstream: ${url}\n`;
  });

test.each([
  'https://nowhere.api.example.com/v1',
  'https://api.example.com/v1',
  'https://models.nowhere.api.example.com',
  'https://elsewhere.example.org',
  'http://web.app.svc.cluster.local',
])('accepts %s', (url) => {
  expect(told(url)).toEqual([]);
});

test.each([
  ['https://us-east-1.api.example.com/v1', 'us-east-1.api.example.com'],
  ['https://user:word@staging.api.example.com', 'staging.api.example.com'],
  ['https://models.us-east-1.api.example.com', 'models.us-east-1.api.example.com'],
])('fails for %s, wherever it is written', (url, host) => {
  const message = `names "${host}", the platform of another region or environment (here: nowhere.api.example.com, models.nowhere.api.example.com)`;

  expect(told(url)).toEqual([
    expect.stringMatching(/^Deployment\/web: \/spec\/template\/spec\/containers\/0\/env\/\d+\/value names/),
    `ConfigMap/web-config: /data/config.yaml ${message}`,
  ]);
});

test('says nothing where no host of the gateway tells the region', () => {
  expect(told('https://us-east-1.api.example.com', ['api.example.com'])).toEqual([]);
});

describe('a service outside of the platform', () => {
  const at = (url: string, cloud?: object) =>
    problems('calls-stay-in-region', ({ get, region }) => {
      if (cloud !== undefined) Object.assign(region, cloud);
      get('ConfigMap/web-config').data['config.yaml'] = `store:\n  - ${url}\n`;
    });
  const FRANKFURT = { name: 'germanywestcentral', zones: ['germanywestcentral-1'], cloud: { kind: 'azure' } };
  const IRELAND = { name: 'prod-ireland', cloud: { kind: 'aws', region: 'eu-west-1' } };

  test.each([
    ['https://traces.germanywestcentral.example.net', FRANKFURT],
    ['https://sts.eu-west-1.amazonaws.com', IRELAND],
    ['https://traces.example.net', IRELAND],
    ['https://traces.us-east-1.example.net', { name: 'desk', cloud: { kind: 'none' } }],
  ])('may be %s', (url, cloud) => {
    expect(at(url, cloud)).toEqual([]);
  });

  test.each([
    ['traces.us-east-1.example.net', FRANKFURT],
    ['traces.westeurope.example.net', FRANKFURT],
    ['sts.us-west-2.amazonaws.com', IRELAND],
    ['store.germanywestcentral.example.net', IRELAND],
  ])('fails as %s of another region', (host, cloud) => {
    expect(at(`https://${host}`, cloud)).toEqual([
      `ConfigMap/web-config: /data/config.yaml names "${host}", a service in another region (here: ${cloud.name})`,
    ]);
  });
});
