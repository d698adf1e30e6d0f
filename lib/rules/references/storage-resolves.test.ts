import { problems } from '../testing/problems';

test('fails for a claim that does not exist', () => {
  expect(
    problems('storage-resolves', ({ get }) => {
      get('Deployment/model').spec.template.spec.volumes[0].persistentVolumeClaim.claimName = 'model';
    }),
  ).toEqual([
    'Deployment/model: /spec/template/spec/volumes/0/persistentVolumeClaim/claimName names PersistentVolumeClaim "model", which does not exist in llm (there: models)',
  ]);
});

test('fails for a storage class that does not exist', () => {
  expect(problems('storage-resolves', ({ remove }) => remove('StorageClass/block'))).toEqual([
    'PersistentVolumeClaim/models: /spec/storageClassName names StorageClass "block", which does not exist (there is none)',
    'Cluster/database: /spec/storage/storageClass names StorageClass "block", which does not exist (there is none)',
  ]);
});

test('fails for a mount whose volume the pod does not have', () => {
  expect(
    problems('storage-resolves', ({ get }) => {
      get('Deployment/web').spec.template.spec.containers[0].volumeMounts[0].name = 'configuration';
    }),
  ).toEqual([
    'Deployment/web: /spec/template/spec/containers/0/volumeMounts/0/name names volume "configuration", which the pod does not have',
  ]);
});

test("accepts a mount of a StatefulSet's own claim", () => {
  expect(
    problems('storage-resolves', ({ get, add }) => {
      const set = { ...structuredClone(get('Deployment/web')), kind: 'StatefulSet' };
      set.spec.volumeClaimTemplates = [{ metadata: { name: 'data' }, spec: { storageClassName: 'block' } }];
      set.spec.template.spec.containers[0].volumeMounts = [{ name: 'data', mountPath: '/data' }];
      add(set);
    }),
  ).toEqual([]);
});
