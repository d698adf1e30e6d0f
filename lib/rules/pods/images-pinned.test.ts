import { problems } from '../testing/problems';

const DIGEST = `sha256:${'0'.repeat(64)}`;
const image = (value: unknown) =>
  problems('images-pinned', ({ get }) => {
    get('Deployment/web').spec.template.spec.containers[0].image = value;
  });

test.each([
  ['redis:7.4.1', 'without its registry, such as docker.io/'],
  ['vllm/vllm-openai:v0.24.0', 'without its registry, such as docker.io/'],
  ['ghcr.io/berriai/litellm', 'without a tag'],
  [`ghcr.io/berriai/litellm@${DIGEST}`, 'without a tag'],
  ['ghcr.io/berriai/litellm:latest', 'with a tag that is moved to new versions'],
  ['ghcr.io/berriai/litellm:main-latest', 'with a tag that is moved to new versions'],
  ['ghcr.io/berriai/litellm:main-v1.70.0', 'with a tag that is moved to new versions'],
  ['ghcr.io/berriai/litellm:v1.70.0-nightly', 'with a tag that is moved to new versions'],
  ['ghcr.io/berriai/litellm:v1.70.0@sha256:unresolved', 'with a digest that is not sha256 and 64 hexadecimal digits'],
  [undefined, 'without its registry, such as docker.io/'],
])('fails for %s', (value, message) => {
  expect(image(value)).toEqual([`Deployment/web: /spec/template/spec/containers/0/image is "${value}" ${message}`]);
});

test('accepts a tag with and without a digest, and a registry with a port', () => {
  expect(image(`docker.io/library/redis:7.4.1-alpine@${DIGEST}`)).toEqual([]);
  expect(image('registry.local:5000/redis:7.4.1')).toEqual([]);
});

test('fails for one image with two digests', () => {
  const found = problems('images-pinned', ({ get }) => {
    get('Deployment/web').spec.template.spec.initContainers = [{ name: 'wait', image: `ghcr.io/fluxcd/web:1.2.3@${DIGEST}` }];
  });

  expect(found).toEqual([
    `Deployment/web: /spec/template/spec/containers/0/image is "ghcr.io/fluxcd/web:1.2.3", but another container of the target has the same image with ${DIGEST}`,
  ]);
});

test('fails for the image of a database', () => {
  expect(
    problems('images-pinned', ({ get }) => {
      get('Cluster/database').spec.imageName = 'ghcr.io/cloudnative-pg/postgresql:latest';
    }),
  ).toHaveLength(1);
});

test('reads the images of servers of models too', () => {
  const found = problems('images-pinned', ({ add }) =>
    add({
      ...{ apiVersion: 'serving.kserve.io/v1alpha1', kind: 'ServingRuntime', metadata: { name: 'server', namespace: 'app' } },
      spec: { containers: [{ name: 'kserve-container', image: 'docker.io/kserve/sklearnserver:latest' }] },
    }),
  );

  expect(found).toEqual([
    expect.stringContaining('ServingRuntime/server: /spec/containers/0/image is "docker.io/kserve/sklearnserver:latest"'),
  ]);
});
