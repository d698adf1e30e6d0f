import { problems } from '../testing/problems';
import type { Drafts } from '../testing/sample-target';

const found = (uri: string, bucket = 'models-of-here', change: (drafts: Drafts) => void = () => {}) =>
  problems('models-come-from-region', (drafts) => {
    drafts.region.cloud = { kind: 'aws', region: 'nowhere', accountId: '111122223333' };
    drafts.region.modelBucket = 'models-of-here';
    drafts.get('Deployment/web').spec.template.spec.containers[0].env.push({ name: 'MODEL_BUCKET', value: bucket });
    drafts.add({
      ...{ apiVersion: 'serving.kserve.io/v1beta1', kind: 'InferenceService', metadata: { name: 'intents', namespace: 'app' } },
      spec: { predictor: { model: { storageUri: uri } } },
    });
    change(drafts);
  });
const AT = 'InferenceService/intents: /spec/predictor/model/storageUri';

test.each(['s3://models-of-here/ml/intents/v1', 'pvc://models/intents', 'hf://someone/intents', 'https://example.com/intents.tar'])(
  'accepts %s',
  (uri) => {
    expect(found(uri)).toEqual([]);
  },
);

test('accepts a MinIO with buckets of its own', () => {
  const withMinio = ({ get, add }: Drafts) => {
    const minio = structuredClone(get('Service/web'));
    minio.metadata.name = 'minio';
    add(minio);
  };

  expect(found('s3://models/ml/intents/v1', 'models', withMinio)).toEqual([]);
});

test('fails for the bucket of another region', () => {
  expect(found('s3://models-of-there/ml/intents/v1')).toEqual([
    `${AT} is s3://models-of-there/ml/intents/v1, not in models-of-here, the bucket of the region`,
  ]);
  expect(found('pvc://models/intents', 'models-of-there')).toEqual([
    'Deployment/web: /spec/template/spec/containers/0/env/1/value is models-of-there, not in models-of-here, the bucket of the region',
  ]);
});

test.each([
  ['gs://models-of-here/ml/intents/v1', 'gcp'],
  ['https://models.blob.core.windows.net/ml/intents/v1', 'azure'],
])('fails for %s', (uri, cloud) => {
  expect(found(uri)).toEqual([`${AT} is ${uri}, an address of ${cloud}, and nowhere is on aws`]);
});
