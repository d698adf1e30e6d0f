import { problems } from '../testing/problems';

const RULE = 'data-survives';
const FIELD = '/metadata/annotations/argocd.argoproj.io~1sync-options';
const annotated = (id: string, options: string | undefined) =>
  problems(RULE, ({ get }) => {
    get(id).metadata.annotations = options === undefined ? {} : { 'argocd.argoproj.io/sync-options': options };
  });

test.each(['Namespace/app', 'PersistentVolumeClaim/models', 'Cluster/database'])('fails for %s that a sync may delete', (id) => {
  expect(annotated(id, 'Prune=false, Delete=false')).toEqual([]);
  expect(annotated(id, undefined)).toEqual([
    `${id}: ${FIELD} lacks Prune=false and Delete=false: a sync may delete the object and its data`,
  ]);
  expect(annotated(id, 'Prune=false,Delete=confirm')).toEqual([
    `${id}: ${FIELD} lacks Delete=false: a sync may delete the object and its data`,
  ]);
});

test('fails for a Canary that goes without a question', () => {
  expect(annotated('Canary/model', 'Prune=confirm')).toEqual([]);
  expect(annotated('Canary/model', undefined)).toEqual([
    `Canary/model: ${FIELD} lacks Prune=confirm: a sync may delete the Canary, and Flagger the stable version with it`,
  ]);
});

test('fails for a storage class that deletes volumes with data', () => {
  const reclaiming = (policy: string | undefined) =>
    problems(RULE, ({ get }) => {
      get('StorageClass/block').reclaimPolicy = policy;
    });

  expect(reclaiming('Delete')).toEqual([
    'StorageClass/block: /reclaimPolicy is Delete: the data of PersistentVolumeClaim/models would be deleted together with its claim',
  ]);
  expect(reclaiming(undefined)).toEqual([
    'StorageClass/block: /reclaimPolicy is Delete by default: the data of PersistentVolumeClaim/models would be deleted together with its claim',
  ]);
});

test('leaves a storage class alone that nobody names', () => {
  const change = ({ add }: { add: (...objects: object[]) => void }) =>
    add({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'scratch' }, reclaimPolicy: 'Delete' });

  expect(problems(RULE, change)).toEqual([]);
});

test('fails for claims that go with their StatefulSet', () => {
  const change = ({ add }: { add: (...objects: object[]) => void }) =>
    add({
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'cache', namespace: 'app', annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' } },
      spec: { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Retain' }, template: {} },
    });

  expect(problems(RULE, change)).toEqual([
    'StatefulSet/cache: /spec/persistentVolumeClaimRetentionPolicy/whenDeleted is Delete: the claims and their data would be deleted too',
  ]);
});
