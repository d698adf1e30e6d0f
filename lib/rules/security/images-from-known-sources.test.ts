import { problems } from '../testing/problems';

const image = (reference: string, change: object = {}) =>
  problems('images-from-known-sources', ({ get }) => {
    const { spec } = get('Deployment/web').spec.template;
    spec.containers[0].image = reference;
    Object.assign(spec, change);
  }).filter((text) => text.startsWith('Deployment/web'));
const AT = 'Deployment/web: /spec/template/spec';

test('accepts images of sources that were agreed on', () => {
  expect(image('ghcr.io/fluxcd/flagger-loadtester:0.38.0')).toEqual([]);
  expect(image('docker.io/library/redis:7.4.1')).toEqual([]);
});

test.each([
  ['a stranger', 'ghcr.io/berrlai/litellm:1', 'ghcr.io/berrlai/'],
  ['another registry', 'registry.example.net/redis:7', 'registry.example.net/'],
])('fails for an image of %s', (_, reference, source) => {
  expect(image(reference)).toEqual([
    expect.stringContaining(`${AT}/containers/0/image is from "${source}", which is no known source of images (there: `),
  ]);
});

test('names the source that is most like it first', () => {
  expect(image('ghcr.io/berrlai/litellm:1')[0]).toContain('(there: ghcr.io/berriai/, ');
});

test('leaves an image without a registry to images-pinned', () => {
  expect(image('redis:7')).toEqual([]);
});

test('fails for two versions of an image in one app', () => {
  const initContainers = [{ name: 'migrate', image: 'ghcr.io/fluxcd/flagger-loadtester:0.37.0' }];

  expect(image('ghcr.io/fluxcd/flagger-loadtester:0.38.0', { initContainers })).toEqual([
    `${AT}/containers/0/image is version 0.38.0 of ghcr.io/fluxcd/flagger-loadtester, but another container of the app runs 0.37.0`,
  ]);
});

describe('images of ECR', () => {
  const ecr = (account: number, name: string) => `${account}.dkr.ecr.eu-west-1.amazonaws.com/gpt/${name}:1.0.0`;
  const accounts = (chat: number, auth: number, accountId = '111122223333') =>
    problems('images-from-known-sources', ({ get, region }) => {
      const { spec } = get('Deployment/web').spec.template;
      region.cloud = { kind: 'aws', region: 'eu-west-1', accountId };
      spec.containers[0].image = ecr(chat, 'chat-service');
      spec.initContainers = [{ name: 'auth', image: ecr(auth, 'auth-service') }];
    });

  test('may all come from one account, also from that of another environment', () => {
    expect(accounts(111122223333, 111122223333)).toEqual([]);
    expect(accounts(444455556666, 444455556666)).toEqual([]);
  });

  test('fail where one comes from another account than the others', () => {
    expect(accounts(444455556666, 111122223333)).toEqual([
      `${AT}/containers/0/image is "${ecr(444455556666, 'chat-service')}", of account 444455556666, while the other images come from 111122223333, the account of the region`,
    ]);
  });
});

test('a frontend is of the release of its backend, whatever the last number says', () => {
  const halves = (frontend: string) =>
    problems('images-from-known-sources', ({ get }) => {
      const { spec } = get('Deployment/web').spec.template;
      spec.containers[0].image = 'exxkiregistry.azurecr.io/open-webui-backend:v0.10.2';
      get('Deployment/model').spec.template.spec.containers[0].image = `exxkiregistry.azurecr.io/open-webui-frontend:${frontend}`;
    });

  expect(halves('v0.10.4')).toEqual([]);
  expect(halves('0.10.2@sha256:0123')).toEqual([]);
  expect(halves('v0.6.5')).toEqual([
    'Deployment/model: /spec/template/spec/containers/0/image is "exxkiregistry.azurecr.io/open-webui-frontend:v0.6.5", a frontend of release 0.6, but its backend is 0.10',
  ]);
});
