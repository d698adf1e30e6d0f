import { checkTarget } from '../check-target';
import { sampleTarget } from '../testing/sample-target';

const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'app' }, spec: {} };
const twin = (object: object) => {
  const { apps, ...target } = sampleTarget();
  return checkTarget({ ...target, apps: [...apps, { name: 'other', manifests: [object as never] }] });
};

test('fails when two apps define the same object', () => {
  expect(twin(service)[0]).toMatch(
    /^test\/nowhere\/other Service\/web in app: \/metadata\/name is taken: app app defines Service\/web in app already/,
  );
});

test('fails when they define it in two versions of its group', () => {
  expect(twin({ ...service, apiVersion: 'apps/v1beta1', kind: 'Deployment' })[0]).toContain('[unique-objects]');
});

test('accepts one name in another group and in another namespace', () => {
  const knative = { ...service, apiVersion: 'serving.knative.dev/v1' };
  const elsewhere = { ...service, metadata: { name: 'web', namespace: 'llm' } };

  expect([...twin(knative), ...twin(elsewhere)].join()).not.toContain('[unique-objects]');
});
