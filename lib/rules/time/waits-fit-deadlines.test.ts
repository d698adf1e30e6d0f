import { problems } from '../testing/problems';

const fetched = (deadline: number | undefined, progress?: number) =>
  problems('waits-fit-deadlines', ({ get, add }) => {
    const { spec } = get('Deployment/model');
    spec.template.spec.initContainers = [
      { ...spec.template.spec.containers[0], name: 'wait', volumeMounts: [{ name: 'files', mountPath: '/models' }] },
    ];
    spec.progressDeadlineSeconds = progress;
    get('Canary/model').spec.progressDeadlineSeconds = progress;
    const template = structuredClone(spec.template);
    add({
      ...{ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'fetch', namespace: 'llm' } },
      spec: { activeDeadlineSeconds: deadline, template },
    });
  });

test('accepts readers that wait as long as the Job may take', () => {
  expect(fetched(1200, 1500)).toEqual([]);
});

test('fails for readers that give up while the Job still runs', () => {
  expect(fetched(1200, 1499)).toEqual([
    'Deployment/model: /spec/progressDeadlineSeconds is 1499, less than the 1200 seconds of Job/fetch, which the pods wait for, plus 300 of their own start',
    'Canary/model: /spec/progressDeadlineSeconds is 1499, less than the 1200 seconds of Job/fetch, which the pods wait for, plus 300 of their own start',
  ]);
});

test('fails for a Job that ends before its image is there', () => {
  expect(fetched(60, 1500)).toEqual([
    'Job/fetch: /spec/activeDeadlineSeconds is 60, less than the 300 seconds that a new node and the image may take',
  ]);
});

test('fails for a Job that may run for ever', () => {
  expect(fetched(undefined, 1500)).toEqual(['Job/fetch: /spec/activeDeadlineSeconds is missing']);
});

test('fails for a Job that is given less time to download files than others are given to read them', () => {
  const start = (failureThreshold: number) =>
    problems('waits-fit-deadlines', ({ get, add }) => {
      const { spec } = get('Deployment/model');
      const [server] = spec.template.spec.containers;
      server.startupProbe = { ...server.startupProbe, periodSeconds: 10, failureThreshold };
      spec.template.spec.initContainers = [{ ...server, name: 'wait', volumeMounts: [{ name: 'files', mountPath: '/models' }] }];
      spec.progressDeadlineSeconds = 9000;
      get('Canary/model').spec.progressDeadlineSeconds = 9000;
      add({
        ...{ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'fetch', namespace: 'llm' } },
        spec: { activeDeadlineSeconds: 600, template: structuredClone(spec.template) },
      });
    });

  expect(start(60)).toEqual([]);
  expect(start(61)).toEqual([
    'Job/fetch: /spec/activeDeadlineSeconds is 600: Deployment/model in llm alone is given 610 seconds to read what the Job has to download before',
  ]);
});
