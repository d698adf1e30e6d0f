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

const ofClassAlone = (provisioner: string, parameters: Draft) =>
  problems(RULE, ({ get }) => {
    Object.assign(get('StorageClass/block'), { provisioner, parameters });
    get('PersistentVolumeClaim/models').spec.accessModes = ['ReadWriteOnce'];
  });

test('accepts what EBS and EFS can be told', () => {
  expect(
    ofClassAlone('ebs.csi.aws.com', {
      type: 'gp3',
      kmskeyid: 'key',
      encrypted: 'true',
      'csi.storage.k8s.io/fstype': 'xfs',
      tagSpecification_1: 'a=b',
    }),
  ).toEqual([]);
  expect(ofClassAlone('efs.csi.aws.com', { provisioningMode: 'efs-ap', fileSystemId: 'fs-1', basePath: '/models' })).toEqual([]);
});

test.each([
  ['ebs.csi.aws.com', { encrypt: 'true' }, 'encrypt is nothing that the driver knows: it refuses to make a volume'],
  ['ebs.csi.aws.com', { encrypted: 'false' }, 'encrypted is "false": what is written could be read from the disk'],
  [
    'efs.csi.aws.com',
    { provisioningMode: 'efs-dir', fileSystemId: 'fs-1' },
    'provisioningMode is efs-dir, and the driver makes access points alone: efs-ap',
  ],
  ['efs.csi.aws.com', { provisioningMode: 'efs-ap' }, 'fileSystemId is missing: the driver does not know on which file system'],
])('fails for %s with %j', (provisioner, parameters, message) => {
  expect(ofClassAlone(provisioner, parameters)).toEqual([`StorageClass/block: /parameters/${message}`]);
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

test.each([
  ['ebs.csi.aws.com', { 'csi.storage.k8s.io/fstype': 'ext5' }, 'csi.storage.k8s.io~1fstype is "ext5", and nodes make one of'],
  ['file.csi.azure.com', { protocol: 'nfs4', skuName: 'Premium_LRS' }, 'protocol is "nfs4", which file.csi.azure.com does not speak'],
  ['file.csi.azure.com', { protocol: 'nfs', skuName: 'Standard_LRS' }, 'skuName is "Standard_LRS", and only Premium speaks NFS'],
])('fails for %s with %j too', (provisioner, parameters, message) => {
  expect(ofClassAlone(provisioner, parameters)).toEqual([expect.stringContaining(`StorageClass/block: /parameters/${message}`)]);
});

test('fails for two classes that are both the default', () => {
  const annotations = { 'storageclass.kubernetes.io/is-default-class': 'true' };
  const found = problems(RULE, ({ get, add }) => {
    Object.assign(get('StorageClass/block').metadata, { annotations });
    add({ ...structuredClone(get('StorageClass/block')), metadata: { name: 'other', annotations } });
  });

  expect(found).toEqual([
    expect.stringContaining('StorageClass/other: /metadata/annotations/storageclass.kubernetes.io~1is-default-class is "true"'),
  ]);
});

test('fails for a raw volume that pods mount as a folder', () => {
  const raw = (mounts: Draft) =>
    problems(RULE, ({ get }) => {
      get('PersistentVolumeClaim/models').spec.volumeMode = 'Block';
      Object.assign(get('Deployment/model').spec.template.spec.containers[0], mounts);
    });

  expect(raw({ volumeDevices: [{ name: 'files', devicePath: '/dev/models' }] })).toEqual([]);
  expect(raw({ volumeMounts: [{ name: 'files', mountPath: '/models' }] })).toEqual([
    'PersistentVolumeClaim/models: /spec/volumeMode is Block, but Deployment/model mounts the claim as a folder',
  ]);
});
