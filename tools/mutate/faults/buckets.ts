import { all, drop, replace, set } from '../edits';
import { chapter } from '../fault';
import { DATABASE, FETCH, FIRST, POD } from './objects';

const EU = 'prod/eu-west-1';
const KIVA = 'prod/germanywestcentral';
const ROLE = '/metadata/annotations/eks.amazonaws.com~1role-arn';
const ARCHIVE = '/spec/backup/barmanObjectStore';
const LOCATION = 'BackupStorageLocation/velero/default';
const DAILY = 'Schedule/velero/daily';
const POLICY = 'ConfigMap/velero/volume-policy';
const SHARED = 'StorageClass/model-shared';
const DISKS = 'StorageClass/data-block';
const MODEL = 'InferenceService/ml/intent-classifier';
const LOCAL = 'dev/local';
const KEYS = 'ExternalSecret/ml/minio-credentials';
const KSERVE = '/spec/target/template/metadata/annotations/serving.kserve.io~1';
const DEFAULT = '/metadata/annotations/storageclass.kubernetes.io~1is-default-class';
const MIRROR = `${POD}/initContainers/0/env`;

export const buckets = chapter('Buckets, archives and who may read them', {
  'archive-of-two': [
    'Two databases are archived into one folder.',
    set(DATABASE, `${ARCHIVE}/destinationPath`, 's3://codelab-backups/postgresql/codelab'),
    EU,
  ],
  'archive-around-another': [
    'The archive of one database holds that of another.',
    replace(DATABASE, `${ARCHIVE}/destinationPath`, '/litellm', ''),
    EU,
  ],
  'archive-of-nobody': [
    'The folder of an archive does not say whose it is.',
    replace(DATABASE, `${ARCHIVE}/destinationPath`, '/litellm', ''),
  ],
  'archive-in-backups': ['Velero writes around the archives.', set(LOCATION, '/spec/objectStorage/prefix', '')],
  'archive-without-credentials': ['An archive is written by nobody.', drop(DATABASE, `${ARCHIVE}/s3Credentials`)],
  'archive-without-role': ['Instances have no identity for their archive.', drop(DATABASE, '/spec/serviceAccountTemplate')],
  'archive-role-elsewhere': [
    'Instances have an identity of another account.',
    replace(DATABASE, `/spec/serviceAccountTemplate${ROLE}`, '111122223333', '444455556666'),
  ],
  'archive-without-token': ['Instances ask Azure for no token.', drop(DATABASE, '/spec/inheritedMetadata'), KIVA],
  'backup-of-other-plugin': ['Backups are written by the plugin of another cloud.', set(LOCATION, '/spec/provider', 'azure')],
  'backup-with-secrets': ['Backups hold Secrets.', set(DAILY, '/spec/template/excludedNamespaceScopedResources', ['events'])],
  'volumes-skipped': ['Volumes with data are skipped.', replace(POLICY, '/data/policy.yaml', '"snapshot"', '"skip"')],
  'volumes-of-other-driver': [
    'Snapshots are asked of a driver that takes none.',
    replace(POLICY, '/data/policy.yaml', 'ebs.csi', 'efs.csi'),
  ],
  'fetch-without-role': ['The Job that fetches models has no identity.', drop('ServiceAccount/llm/model-fetch', ROLE)],
  'model-without-role': ['Models are fetched by nobody in particular.', drop('ServiceAccount/ml/ml-models', ROLE), EU],
  'store-without-role': ['Secrets are read by nobody in particular.', drop('ServiceAccount/external-secrets/secret-store', ROLE)],
  'fetch-from-elsewhere': [
    'The Job fetches from the bucket of another region.',
    set(FETCH, `${MIRROR}/name=MODEL_BUCKET/value`, 'llm-models-us-west-2'),
  ],
  'fetch-other-revision': ['The Job fetches whatever is newest.', set(FETCH, `${FIRST}/env/name=MODEL_REVISION/value`, 'main')],
  'mirror-other-revision': ['The Job copies another revision.', replace(FETCH, `${MIRROR}/name=MODEL_PREFIX/value`, /\/\w+$/, '/latest')],
  'fetch-onto-cache': [
    'The Job puts the model onto another claim.',
    set(FETCH, `${POD}/volumes/name=models/persistentVolumeClaim/claimName`, 'compile-cache'),
  ],
  'model-of-other-cloud': [
    'A model has an address of another cloud.',
    replace(MODEL, '/spec/predictor/model/storageUri', 's3://', 'gs://'),
    EU,
  ],
  'class-other-file-system': ['Volumes are made on another file system.', set(SHARED, '/parameters/fileSystemId', 'fs-0123456789abcdef3')],
  'class-mode-unknown': ['A class asks EFS for folders.', set(SHARED, '/parameters/provisioningMode', 'efs-dir')],
  'class-without-encryption': ['Disks are not encrypted.', set(DISKS, '/parameters/encrypted', 'false')],
  'class-parameter-misspelt': [
    'A parameter of a class is misspelt.',
    all(drop(DISKS, '/parameters/encrypted'), set(DISKS, '/parameters/encrypt', 'true')),
  ],
  'store-account-without-keys': ['Models’ account has no keys of the local store.', drop('ServiceAccount/ml/ml-models', '/secrets'), LOCAL],
  'store-keys-misspelt': [
    'Models’ account names keys that nobody makes.',
    set('ServiceAccount/ml/ml-models', '/secrets/0/name', 'minio-creds'),
    LOCAL,
  ],
  'store-address-missing': ['KServe is not told of the local store.', drop(KEYS, `${KSERVE}s3-endpoint`), LOCAL],
  'store-over-tls': ['KServe speaks TLS to a store without it.', set(KEYS, `${KSERVE}s3-usehttps`, '1'), LOCAL],
  'store-bucket-other': [
    'The first model is put into another bucket.',
    set('Job/ml/sample-model', `${FIRST}/env/name=BUCKET/value`, 'model'),
    LOCAL,
  ],
  'store-folder-other': [
    'The first model is put into another folder.',
    set('Job/ml/sample-model', `${FIRST}/env/name=TARGET/value`, 'ml/sklearn-iris/v2/model.joblib'),
    LOCAL,
  ],
  'model-address-misspelt': ['A model’s address has no scheme.', replace(MODEL, '/spec/predictor/model/storageUri', 's3://', 's3:/'), EU],
  'model-of-nowhere': ['Nobody says where a model is.', drop(MODEL, '/spec/predictor/model/storageUri'), EU],
  'fetch-kept-from-hub': ['The Job may not ask the hub.', set(FETCH, `${FIRST}/env/-`, { name: 'HF_HUB_OFFLINE', value: '1' })],
  'backup-of-other-labels': [
    'Backups hold what has a label that nothing has.',
    set(DAILY, '/spec/template/labelSelector', { matchLabels: { backup: 'yes' } }),
  ],
  'backup-without-namespace': ['A namespace is included and excluded.', set(DAILY, '/spec/template/excludedNamespaces', ['litellm'])],
  'backup-without-claims': [
    'Backups hold no claims.',
    set(DAILY, '/spec/template/excludedNamespaceScopedResources', ['secrets', 'persistentvolumeclaims']),
  ],
  'volumes-of-class-misspelt': [
    'A policy names a class that does not exist.',
    replace(POLICY, '/data/policy.yaml', 'model-shared', 'models-shared'),
  ],
  'volumes-action-misspelt': [
    'A policy has an action that Velero does not know.',
    replace(POLICY, '/data/policy.yaml', 'fs-backup', 'fsbackup'),
  ],
  'class-file-system-unknown': ['Disks get a file system that nobody has.', set(DISKS, '/parameters/csi.storage.k8s.io~1fstype', 'ext5')],
  'class-zone-elsewhere': [
    'Disks are made in the zone of another region.',
    set(DISKS, '/allowedTopologies', [{ matchLabelExpressions: [{ key: 'topology.ebs.csi.aws.com/zone', values: ['eu-west-1a'] }] }]),
  ],
  'class-two-defaults': ['Two classes are the default.', all(set(DISKS, DEFAULT, 'true'), set(SHARED, DEFAULT, 'true'))],
  'class-protocol-unknown': ['Shares are mounted by a protocol that does not exist.', set(SHARED, '/parameters/protocol', 'nfs4'), KIVA],
  'class-standard-nfs': ['Shares speak NFS on a kind of disk that cannot.', set(SHARED, '/parameters/skuName', 'Standard_LRS'), KIVA],
  'claim-raw': ['Pods mount a raw volume as a folder.', set('PersistentVolumeClaim/llm/model-store', '/spec/volumeMode', 'Block')],
  'backups-owned': ['Backups go with their Schedule.', set(DAILY, '/spec/useOwnerReferencesInBackup', true)],
  'backups-to-anybody': ['Nobody checks who takes the backups.', set(LOCATION, '/spec/config/insecureSkipTLSVerify', 'true')],
  'backups-to-other-store': ['Backups go to another S3.', set(LOCATION, '/spec/config/s3Url', 'http://minio.velero.svc:9000')],
  'fetch-other-mark': [
    'The Job leaves another mark than servers wait for.',
    set(FETCH, `${FIRST}/env/name=MODEL_MARK/value`, 'sha256:abc'),
  ],
});
