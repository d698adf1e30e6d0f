import { problems } from '../testing/problems';

const copies = (text: string, replicas: number) =>
  problems('copies-fit-members', ({ get }) => {
    get('ConfigMap/web-config').data = { 'config.yaml': text };
    Object.assign(get('HorizontalPodAutoscaler/web').spec, { minReplicas: replicas, maxReplicas: 9 });
  });
const AT = 'ConfigMap/web-config: /data/config.yaml sets';

test('accepts as many copies as there are pods at least', () => {
  expect(copies('common:\n  replication_factor: 3\n', 3)).toEqual([]);
  expect(copies('min-replicas-to-write: 1\n', 2)).toEqual([]);
});

test('fails for more copies than pods', () => {
  expect(copies('common:\n  replication_factor: 3\n', 2)).toEqual([
    `${AT} replication_factor to 3 in line 2, and Deployment/web in app may have 2 pods: nothing could be written`,
  ]);
  expect(copies('min-replicas-to-write: 1\n', 1)).toEqual([
    `${AT} min-replicas-to-write to 1 in line 1, and Deployment/web in app may have 1 pod: nothing could be written`,
  ]);
});
