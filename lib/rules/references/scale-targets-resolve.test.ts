import { problems } from '../testing/problems';

const target = (change: object) =>
  problems('scale-targets-resolve', ({ get }) => void Object.assign(get('HorizontalPodAutoscaler/web').spec.scaleTargetRef, change));

test('fails for a workload that does not exist', () => {
  expect(target({ name: 'webs' })).toEqual([
    'HorizontalPodAutoscaler/web: /spec/scaleTargetRef/name names Deployment "webs", which does not exist in app (there: web)',
  ]);
});

test('fails for a workload of another kind', () => {
  expect(target({ kind: 'StatefulSet' })).toHaveLength(1);
});

test('accepts the primary Deployment that Flagger makes', () => {
  expect(
    problems('scale-targets-resolve', ({ get, add }) => {
      const primary = structuredClone(get('HorizontalPodAutoscaler/model'));
      primary.metadata.name = primary.spec.scaleTargetRef.name = 'model-primary';
      add(primary);
    }),
  ).toEqual([]);
});
