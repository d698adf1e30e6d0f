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
