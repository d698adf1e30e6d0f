import { problems } from '../testing/problems';

const claimed = (provisioner: string, parameters: object, storage: string, mountOptions?: readonly string[]) =>
  problems('volumes-can-be-made', ({ get }) => {
    Object.assign(get('StorageClass/block'), { provisioner, parameters, mountOptions });
    get('PersistentVolumeClaim/models').spec.resources.requests.storage = storage;
  });
const AT = 'PersistentVolumeClaim/models: /spec/resources/requests/storage';
const FILES = 'file.csi.azure.com';

test('accepts what drivers make, and any size of what grows with what is written', () => {
  expect(claimed(FILES, {}, '100Ti')).toEqual([]);
  expect(claimed('disk.csi.azure.com', { skuName: 'PremiumV2_LRS' }, '60Ti')).toEqual([]);
  expect(claimed('efs.csi.aws.com', {}, '500Ti')).toEqual([]);
});

test.each([
  [FILES, {}, '500Ti', 100],
  ['disk.csi.azure.com', { skuName: 'Premium_LRS' }, '60Ti', 32],
  ['ebs.csi.aws.com', { type: 'gp2' }, '20Ti', 16],
  ['ebs.csi.aws.com', { type: 'gp3' }, '100Ti', 64],
])('fails for a volume of %s %j that is too large', (provisioner, parameters, storage, most) => {
  expect(claimed(provisioner, parameters, storage)).toEqual([
    `${AT} is ${storage}, and a volume of class "block" (${provisioner}) has ${most}Ti at most`,
  ]);
});

test('fails for a database that is too large', () => {
  const found = problems('volumes-can-be-made', ({ get }) => {
    get('StorageClass/block').provisioner = 'ebs.csi.aws.com';
    get('Cluster/database').spec.storage.size = '100Ti';
  });

  expect(found).toEqual([
    'Cluster/database: /spec/storage/size is 100Ti, and a volume of class "block" (ebs.csi.aws.com) has 64Ti at most',
  ]);
});

test('accepts options of the protocol that is spoken', () => {
  expect(claimed(FILES, { protocol: 'nfs' }, '1Gi', ['nconnect=4', 'actimeo=30'])).toEqual([]);
  expect(claimed(FILES, {}, '1Gi', ['dir_mode=0770', 'actimeo=30'])).toEqual([]);
});

test.each([
  ['an SMB share', FILES, {}, 'nconnect=4', 'NFS', 'SMB'],
  ['an NFS share', FILES, { protocol: 'nfs' }, 'file_mode=0640', 'SMB', 'NFS'],
  ['a disk', 'ebs.csi.aws.com', {}, 'noresvport', 'NFS', 'a disk'],
])('fails for %s with options of another protocol', (_, provisioner, parameters, option, of, spoken) => {
  expect(claimed(provisioner, parameters, '1Gi', [option])).toEqual([
    `StorageClass/block: /mountOptions/0 is "${option}", an option of ${of}, but volumes of the class are mounted as ${spoken}`,
  ]);
});
