import { problems } from '../testing/problems';
import type { Draft, Drafts } from '../testing/sample-target';

const RULE = 'clouds-match';
const AWS = { kind: 'aws', region: 'eu-west-1', accountId: '111122223333' };
const AZURE = { kind: 'azure', tenantId: 'tenant', vault: 'kiva', clientId: 'client' };

const inCloud = (cloud: Draft, platform: Draft, change: (drafts: Drafts) => void) =>
  problems(RULE, (drafts) => {
    drafts.region.cloud = cloud;
    Object.assign(drafts.region.platform, platform);
    change(drafts);
  });
const aws = (change: (drafts: Drafts) => void) => inCloud(AWS, {}, change);
const azure = (change: (drafts: Drafts) => void) =>
  inCloud(AZURE, { name: 'aks', secretStore: 'azure-key-vault' }, (drafts) => {
    drafts.get('StorageClass/block').provisioner = 'disk.csi.azure.com';
    change(drafts);
  });
const store = (provider: Draft) => (drafts: Drafts) => Object.assign(drafts.get('ClusterSecretStore/platform').spec, { provider });
const annotated = (annotations: Draft) => (drafts: Drafts) => Object.assign(drafts.get('ServiceAccount/web').metadata, { annotations });

test('accepts a store and an identity of the region’s own cloud', () => {
  expect(aws(store({ aws: { region: 'eu-west-1' } }))).toEqual([]);
  expect(aws(annotated({ 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/web' }))).toEqual([]);
  expect(azure(store({ azurekv: { tenantId: 'tenant', vaultUrl: 'https://kiva.vault.azure.net' } }))).toEqual([]);
});

test.each([
  ['another region', aws(store({ aws: { region: 'us-east-1' } })), '/spec/provider/aws/region is "us-east-1", but nowhere has "eu-west-1"'],
  [
    'another vault',
    azure(store({ azurekv: { vaultUrl: 'https://dev.vault.azure.net' } })),
    'vaultUrl is "https://dev.vault.azure.net", but',
  ],
  [
    'another cloud',
    aws(store({ azurekv: {} })),
    '/spec/provider/azurekv is not the store of nowhere, whose platform has aws-secrets-manager',
  ],
  [
    'another account',
    aws(annotated({ 'eks.amazonaws.com/role-arn': 'arn:aws:iam::999:role/web' })),
    'but nowhere is in account 111122223333',
  ],
  [
    'another account of a database',
    aws(({ get }) => {
      const annotations = { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::999:role/backup' };
      get('Cluster/database').spec.serviceAccountTemplate = { metadata: { annotations } };
    }),
    'Cluster/database: /spec/serviceAccountTemplate/metadata/annotations/eks.amazonaws.com~1role-arn is "arn:aws:iam::999:role/backup", but',
  ],
  [
    'another file system',
    aws(({ get, region }) => {
      region.sharedFileSystem = 'fs-1';
      Object.assign(get('StorageClass/block'), { provisioner: 'efs.csi.aws.com', parameters: { fileSystemId: 'fs-2' } });
    }),
    '/parameters/fileSystemId is "fs-2", but the file system of nowhere is fs-1',
  ],
  [
    'a zone of another region',
    aws(({ get, region }) => {
      region.zones = ['here-a', 'here-b'];
      const matchLabelExpressions = [{ key: 'topology.ebs.csi.aws.com/zone', values: ['here-a', 'there-a'] }];
      Object.assign(get('StorageClass/block'), { allowedTopologies: [{ matchLabelExpressions }] });
    }),
    '/allowedTopologies/0/matchLabelExpressions/0/values names there-a, and the nodes of nowhere are in here-a, here-b',
  ],
  ['another identity', azure(annotated({ 'azure.workload.identity/client-id': 'other' })), 'but the identity of nowhere is client'],
  [
    'another driver',
    aws(({ get }) => Object.assign(get('StorageClass/block'), { provisioner: 'disk.csi.azure.com' })),
    'a driver of aks, but nowhere is on eks',
  ],
])('fails for %s', (_, found, message) => {
  expect(found).toEqual([expect.stringContaining(message)]);
});

test('fails for disks that are made before their pod has a zone', () => {
  const block = (change: Draft) =>
    aws(({ get, region }) => {
      region.platform.storage.shared.provisioner = 'efs.csi.aws.com';
      Object.assign(get('StorageClass/block'), { provisioner: 'ebs.csi.aws.com', ...change });
    });

  expect(block({ volumeBindingMode: 'WaitForFirstConsumer' })).toEqual([]);
  expect(block({})).toEqual([
    expect.stringContaining('/volumeBindingMode is Immediate by default: the volume may be made in another zone'),
  ]);
});

test('fails for addresses that the network did not leave', () => {
  const pool = { apiVersion: 'metallb.io/v1beta1', kind: 'IPAddressPool', metadata: { name: 'local', namespace: 'edge' } };
  const found = aws(({ add }) => add({ ...pool, spec: { addresses: ['10.0.0.1-10.0.0.9'] } }));

  expect(found).toEqual(['IPAddressPool/local: /spec/addresses/0 is "10.0.0.1-10.0.0.9", but the network of nowhere leaves no addresses']);
});

/** A store of Secrets of the cluster itself, and what is copied by it from Secret `copied`. */
const copying =
  (...copied: readonly string[]) =>
  ({ add }: Drafts) =>
    add(
      {
        ...{ apiVersion: 'external-secrets.io/v1', kind: 'ClusterSecretStore', metadata: { name: 'copies' } },
        spec: { provider: { kubernetes: { remoteNamespace: 'app' } } },
      },
      ...copied.map((key) => ({
        ...{ apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: `copy-of-${key}`, namespace: 'llm' } },
        spec: { secretStoreRef: { kind: 'ClusterSecretStore', name: 'copies' }, data: [{ remoteRef: { key, property: 'api-key' } }] },
      })),
    );

test('accepts a store of what controllers make in the cluster itself, in any cloud', () => {
  expect(aws(copying('web-keys'))).toEqual([]);
});

test.each([[[]], [['by-hand']], [['web-keys', 'by-hand']]])('fails for a store of the cluster in a cloud, for %j', (copied) => {
  expect(aws(copying(...copied))).toEqual([expect.stringContaining('/spec/provider/kubernetes is not the store of nowhere')]);
});
