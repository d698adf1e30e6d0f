import { problems } from '../testing/problems';

const selector = (matchLabels: object) =>
  problems('selector-is-one-label', ({ get }) => {
    get('Deployment/web').spec.selector = { matchLabels };
  });

test('fails for a second label, another label and another value', () => {
  const message = (found: string) => `Deployment/web: /spec/selector is ${found}, not exactly app.kubernetes.io/name=web`;

  expect(selector({ 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/component': 'http' })).toEqual([
    message('app.kubernetes.io/name=web,app.kubernetes.io/component=http'),
  ]);
  expect(selector({ app: 'web' })).toEqual([message('app=web')]);
  expect(selector({})).toContain(message('empty'));
  expect(selector({ 'app.kubernetes.io/name': 'server' })).toEqual([message('app.kubernetes.io/name=server')]);
});

test("fails when another workload's pods carry the label", () => {
  expect(
    problems('selector-is-one-label', ({ get, add }) => {
      const job = { ...structuredClone(get('Deployment/web')), apiVersion: 'batch/v1', kind: 'Job' };
      job.metadata.name = 'migration';
      add(job);
    }),
  ).toEqual(['Deployment/web: /spec/selector matches the pods of Job/migration in app as well']);
});

test('accepts the same name in another namespace', () => {
  expect(
    problems('selector-is-one-label', ({ get, add }) => {
      const twin = structuredClone(get('Deployment/web'));
      twin.metadata.namespace = 'llm';
      add(twin);
    }),
  ).toEqual([]);
});
