import { problems } from '../testing/problems';

test('fails for a template that its selector does not match', () => {
  expect(
    problems('templates-match-selectors', ({ get }) => {
      get('Deployment/web').spec.template.metadata.labels = { 'slipway.dev/workload': 'web' };
    }),
  ).toEqual(['Deployment/web: /spec/selector is app.kubernetes.io/name=web, which the labels of the pod template do not satisfy']);
});

test('accepts a Job, which Kubernetes gives a selector', () => {
  expect(
    problems('templates-match-selectors', ({ get, add }) => {
      const job = { ...structuredClone(get('Deployment/web')), apiVersion: 'batch/v1', kind: 'Job' };
      delete job.spec.selector;
      add(job);
    }),
  ).toEqual([]);
});
