import { problems } from '../testing/problems';
import type { Draft } from '../testing/sample-target';

const RULE = 'volumes-fit-drivers';
const ofClass = (fields: Draft) => problems(RULE, ({ get }) => Object.assign(get('StorageClass/block'), fields));

test('accepts a file system that many pods share', () => {
  expect(ofClass({ provisioner: 'efs.csi.aws.com' })).toEqual([]);
});

test('fails for a disk that many pods share', () => {
  expect(ofClass({ provisioner: 'ebs.csi.aws.com' })).toEqual([
    'PersistentVolumeClaim/models: /spec/accessModes is ReadWriteMany, but class "block" makes disks (ebs.csi.aws.com), which only one node can mount at a time',
  ]);
});

test('fails for a kind of disk that the driver does not make', () => {
  const found = problems(RULE, ({ get }) => {
    Object.assign(get('StorageClass/block'), { provisioner: 'ebs.csi.aws.com', parameters: { type: 'gp4' } });
    get('PersistentVolumeClaim/models').spec.accessModes = ['ReadWriteOnce'];
  });

  expect(found).toEqual([
    expect.stringContaining(
      'StorageClass/block: /parameters/type is "gp4", which ebs.csi.aws.com does not have (there: gp2, gp3, io1, io2, sc1, st1, standard)',
    ),
  ]);
});

test('fails for a claim that nobody mounts', () => {
  const found = problems(RULE, ({ get }) => {
    get('Deployment/model').spec.template.spec.volumes = [];
  });

  expect(found).toEqual(['PersistentVolumeClaim/models: /metadata/name is "models", which no pod mounts']);
});

test('takes a driver whose name is one of JavaScript’s own for one that it does not know', () => {
  for (const provisioner of ['__proto__', 'constructor']) {
    expect(ofClass({ provisioner, parameters: { type: 'gp4' } })).toEqual([]);
  }
});
