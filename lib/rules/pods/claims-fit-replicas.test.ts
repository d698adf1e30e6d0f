import { problems } from '../testing/problems';

const CLAIM = '/spec/template/spec/volumes/0/persistentVolumeClaim/claimName';

test('fails for a released Deployment on a claim of one node', () => {
  expect(
    problems('claims-fit-replicas', ({ get }) => {
      get('PersistentVolumeClaim/models').spec.accessModes = ['ReadWriteOnce'];
    }),
  ).toEqual([`Deployment/model: ${CLAIM} names "models", which only one node can mount (ReadWriteOnce), but several pods would`]);
});

const alone = (spec: object) =>
  problems('claims-fit-replicas', ({ get, remove }) => {
    remove('Canary/model', 'HorizontalPodAutoscaler/model');
    get('PersistentVolumeClaim/models').spec.accessModes = ['ReadWriteOnce'];
    Object.assign(get('Deployment/model').spec, spec);
  });

test('fails for a second replica and for a rolling update', () => {
  expect(alone({ replicas: 2, strategy: { type: 'Recreate' } })).toHaveLength(1);
  expect(alone({ replicas: 1 })).toHaveLength(1);
});

test('accepts one pod at a time', () => {
  expect(alone({ replicas: 1, strategy: { type: 'Recreate' } })).toEqual([]);
});
