import { problems } from '../testing/problems';
import type { Draft, Drafts } from '../testing/sample-target';

const RULE = 'identities-are-given';
const ROLE = { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/web' };
const CLIENT = { 'azure.workload.identity/client-id': 'client' };
const USE = { 'azure.workload.identity/use': 'true' };
const MISSING = 'ServiceAccount/web: /metadata/annotations/eks.amazonaws.com~1role-arn is missing, and';

const inCloud = (cloud: Draft, change: (drafts: Drafts) => void) =>
  problems(RULE, (drafts) => {
    drafts.region.cloud = cloud;
    delete drafts.get('Cluster/database').spec.backup;
    change(drafts);
  });
const aws = (change: (drafts: Drafts) => void) => inCloud({ kind: 'aws', region: 'here', accountId: '111122223333' }, change);
const azure = (change: (drafts: Drafts) => void) => inCloud({ kind: 'azure' }, change);
const account = ({ get }: Drafts, annotations: Draft = {}, further: Draft = {}) =>
  (Object.assign(get('ServiceAccount/web'), further).metadata.annotations = annotations);
const model = (storageUri: string, labels: Draft = {}): Draft => ({
  ...{ apiVersion: 'serving.kserve.io/v1beta1', kind: 'InferenceService', metadata: { name: 'intents', namespace: 'app' } },
  spec: { predictor: { serviceAccountName: 'web', labels, model: { storageUri } } },
});
const bucket = (drafts: Drafts, ...further: Draft[]) =>
  drafts.get('Deployment/web').spec.template.spec.containers[0].env.push({ name: 'MODEL_BUCKET', value: 'models' }, ...further);

test('asks nobody who asks nothing of the cloud', () => {
  expect(aws(() => {})).toEqual([]);
  expect(aws(({ add }) => add(model('pvc://models/intents')))).toEqual([]);
});

test('fails for a store of secrets that is read by nobody in particular', () => {
  const store = (drafts: Drafts) => {
    account(drafts);
    const serviceAccountRef = { name: 'web', namespace: 'app' };
    drafts.get('ClusterSecretStore/platform').spec.provider = { aws: { auth: { jwt: { serviceAccountRef } } } };
  };

  expect(aws(store)).toEqual([`${MISSING} ClusterSecretStore/platform reads secrets by it`]);
});

test('fails for a model whose account has neither an identity nor keys', () => {
  const fetched = (annotations: Draft, further?: Draft) =>
    aws((drafts) => {
      drafts.add(model('s3://models/intents'));
      account(drafts, annotations, further);
    });

  expect(fetched(ROLE)).toEqual([]);
  expect(fetched({}, { secrets: [{ name: 'keys' }] })).toEqual([]);
  expect(fetched({})).toEqual([`${MISSING} InferenceService/intents is fetched from a bucket by it`]);
});

test('fails for a program that is told a bucket, and no keys of it', () => {
  const asking = (annotations: Draft, ...env: Draft[]) =>
    aws((drafts) => {
      account(drafts, annotations);
      bucket(drafts, ...env);
    });

  expect(asking(ROLE)).toEqual([]);
  expect(asking({}, { name: 'AWS_ACCESS_KEY_ID', valueFrom: { secretKeyRef: { name: 'web-keys', key: 'api-key' } } })).toEqual([]);
  expect(asking({})).toEqual([`${MISSING} container web of Deployment/web asks for a bucket by it`]);
});

test('fails for an archive that nobody may write', () => {
  const archived =
    (credentials: Draft, annotations: Draft, labels: Draft = {}) =>
    (drafts: Drafts) => {
      Object.assign(drafts.get('Cluster/database').spec, {
        backup: { barmanObjectStore: { destinationPath: 's3://kept/llm', ...credentials } },
        serviceAccountTemplate: { metadata: { annotations } },
        inheritedMetadata: { labels },
      });
    };
  const inherited = { s3Credentials: { inheritFromIAMRole: true } };
  const ofAzure = { azureCredentials: { inheritFromAzureAD: true } };

  expect(aws(archived(inherited, ROLE))).toEqual([]);
  expect(aws(archived({ s3Credentials: { accessKeyId: {}, secretAccessKey: {} } }, {}))).toEqual([]);
  expect(aws(archived(inherited, {}))).toEqual([
    'Cluster/database: /spec/serviceAccountTemplate/metadata/annotations/eks.amazonaws.com~1role-arn is missing, and the archive is written by it: no backup would be',
  ]);
  expect(azure(archived(ofAzure, CLIENT, USE))).toEqual([]);
  expect(azure(archived(ofAzure, CLIENT))).toEqual([
    'Cluster/database: /spec/inheritedMetadata/labels/azure.workload.identity~1use is not "true": Azure gives the instances no token, and nothing is archived',
  ]);
});

test('fails for pods that do not ask Azure for their token', () => {
  const labelled = (labels: Draft) =>
    azure((drafts) => {
      account(drafts, CLIENT);
      Object.assign(drafts.get('Deployment/web').spec.template.metadata.labels, labels);
      drafts.add(model('https://models.blob.core.windows.net/ml/intents', labels));
    });

  expect(labelled(USE)).toEqual([]);
  expect(labelled({})).toEqual([
    expect.stringContaining('Deployment/web: /spec/template/metadata/labels/azure.workload.identity~1use is not "true"'),
    expect.stringContaining('InferenceService/intents: /spec/predictor/labels/azure.workload.identity~1use is not "true"'),
  ]);
});
