import type { Manifest } from '../kubernetes/manifest';
import { fileNames } from './file-names';

const object = (
  kind: string,
  name: string,
  { apiVersion = 'v1', namespace }: { apiVersion?: string; namespace?: string } = {},
): Manifest => ({
  apiVersion,
  kind,
  metadata: { name, ...(namespace !== undefined && { namespace }) },
});

test('names a file after kind and name', () => {
  expect(fileNames('llm', [object('Deployment', 'llm-service', { namespace: 'llm' }), object('Namespace', 'llm')])).toEqual([
    'Deployment.llm-service.yaml',
    'Namespace.llm.yaml',
  ]);
});

test('puts objects of other namespaces into a folder of that name', () => {
  const objects = ['llm', 'kong'].map((namespace) => object('NetworkPolicy', 'llm', { namespace }));

  expect(fileNames('llm', objects)).toEqual(['NetworkPolicy.llm.yaml', 'kong/NetworkPolicy.llm.yaml']);
});

test('adds the API group where two kinds have the same name', () => {
  const objects = [object('Service', 'a'), object('Service', 'a', { apiVersion: 'serving.knative.dev/v1' }), object('Service', 'b')];

  expect(fileNames('a', objects)).toEqual(['Service.a~core.yaml', 'Service.a~serving.knative.dev.yaml', 'Service.b.yaml']);
});

test('adds the API group where files would differ in case alone', () => {
  const objects = [
    object('HTTPRoute', 'a', { apiVersion: 'gateway.networking.k8s.io/v1' }),
    object('HttpRoute', 'a', { apiVersion: 'x.io/v1' }),
  ];

  expect(fileNames('a', objects)).toEqual(['HTTPRoute.a~gateway.networking.k8s.io.yaml', 'HttpRoute.a~x.io.yaml']);
});

test.each([
  ['system:auth-delegator', 'ClusterRole.system%3Aauth-delegator.yaml'],
  ['../../etc/passwd', 'ClusterRole.%2E.%2F..%2Fetc%2Fpasswd.yaml'],
  ['a%3Ab', 'ClusterRole.a%253Ab.yaml'],
  ['a~b', 'ClusterRole.a%7Eb.yaml'],
  ['ä😀 \\', 'ClusterRole.%C3%A4%F0%9F%98%80%20%5C.yaml'],
])('encodes what a file name cannot hold: %s', (name, file) => {
  expect(fileNames('a', [object('ClusterRole', name)])).toEqual([file]);
});

test('keeps a namespace from leading out of the folder', () => {
  expect(fileNames('a', [object('Service', 'b', { namespace: '..' })])).toEqual(['%2E./Service.b.yaml']);
});

test.each(['kustomization', 'Kustomization', 'Chart', 'kustomization.yaml'])(
  'never takes a name that Argo CD takes for another tool: %s',
  (word) => {
    const [file] = fileNames('a', [object(word, word)]);

    expect(file).not.toMatch(/^(kustomization\.ya?ml|Kustomization|Chart\.yaml)$/);
  },
);

test('refuses the same object twice', () => {
  const twice = [object('ConfigMap', 'a', { namespace: 'b' }), object('ConfigMap', 'a', { namespace: 'b' })];

  expect(() => fileNames('b', twice)).toThrow(
    'Cannot write "ConfigMap/a in b" and "ConfigMap/a in b" as both need the file "configmap.a~core.yaml": define one, or rename it',
  );
});

test('refuses two versions of one object', () => {
  const versions = ['apps/v1', 'apps/v1beta1'].map((apiVersion) => object('Deployment', 'a', { apiVersion }));

  expect(() => fileNames('b', versions)).toThrow(/^Cannot write "Deployment\/a" and "Deployment\/a" as both need the file/);
});

test('refuses an object without a name', () => {
  expect(() => fileNames('b', [object('Job', '')])).toThrow('Cannot write a Job in "b" as it has no name: write metadata.name');
});

test('refuses a name that no file can have', () => {
  expect(() => fileNames('b', [object('Job', 'a'.repeat(253))])).toThrow(
    /as its file name has 262 characters: use a name that leaves it within 255$/,
  );
});
