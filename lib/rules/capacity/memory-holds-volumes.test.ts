import { problems } from '../testing/problems';

const FIELD = 'Deployment/model: /spec/template/spec/volumes/0/emptyDir/sizeLimit';

const shared = (emptyDir: object) =>
  problems('memory-holds-volumes', ({ get }) => {
    const { spec } = get('Deployment/model').spec.template;
    spec.volumes = [{ name: 'shm', emptyDir }];
    spec.containers[0].volumeMounts = [{ name: 'shm', mountPath: '/dev/shm' }];
  });

test('accepts a volume that leaves the container memory of its own, and one on disk', () => {
  expect(shared({ medium: 'Memory', sizeLimit: '16Gi' })).toEqual([]);
  expect(shared({})).toEqual([]);
});

test('fails for a volume as large as the memory of the container', () => {
  expect(shared({ medium: 'Memory', sizeLimit: '64Gi' })).toEqual([
    `${FIELD} is 64Gi, which leaves container model nothing of its 64Gi of memory`,
  ]);
});

test('fails for a volume without a size', () => {
  expect(shared({ medium: 'Memory' })).toEqual([`${FIELD} is missing: the volume may take all the memory of the node`]);
});
