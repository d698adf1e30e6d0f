import { problems } from '../testing/problems';
import type { Draft, Drafts } from '../testing/sample-target';

const metadata = (name: string): Draft => ({ name, namespace: 'app' });

/** What the rule finds in a store with one model, after a change. */
const found = (change: (drafts: Drafts) => void = () => {}) =>
  problems('model-stores-answer', (drafts) => {
    const annotations = { 'serving.kserve.io/s3-endpoint': 'minio.app.svc:9000', 'serving.kserve.io/s3-usehttps': '0' };
    drafts.add(
      { apiVersion: 'v1', kind: 'Service', metadata: metadata('minio'), spec: { ports: [{ name: 'http', port: 9000 }] } },
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata: metadata('models'), secrets: [{ name: 'store' }] },
      {
        ...{ apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: metadata('store') },
        spec: {
          data: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'].map((secretKey) => ({ secretKey, remoteRef: { key: 'store' } })),
          target: { template: { metadata: { annotations } } },
        },
      },
      {
        ...{ apiVersion: 'serving.kserve.io/v1beta1', kind: 'InferenceService', metadata: metadata('iris') },
        spec: { predictor: { serviceAccountName: 'models', model: { storageUri: 's3://models/ml/iris/v1' } } },
      },
      {
        ...{ apiVersion: 'batch/v1', kind: 'Job', metadata: metadata('fill') },
        spec: {
          template: {
            spec: {
              containers: [
                {
                  name: 'fill',
                  env: [
                    { name: 'BUCKET', value: 'models' },
                    { name: 'TARGET', value: 'ml/iris/v1/model.joblib' },
                  ],
                },
              ],
            },
          },
        },
      },
    );
    change(drafts);
  });
const annotations = ({ get }: Drafts): Draft => get('ExternalSecret/store').spec.target.template.metadata.annotations;
const AT = 'ExternalSecret/store: /spec/target/template/metadata/annotations/serving.kserve.io~1';

test('accepts a store whose address, keys and content fit together', () => {
  expect(found()).toEqual([]);
});

test('asks nothing of models elsewhere', () => {
  expect(
    found(({ get, remove }) => {
      get('ServiceAccount/models').secrets = [];
      remove('Service/minio');
    }),
  ).toEqual([]);
});

test('asks no Job to fill the store with what people put there', () => {
  expect(
    found(({ get }) => {
      get('Job/fill').spec.template.spec.containers[0].env[1].value = 'ml/other/v1/model.joblib';
    }),
  ).toEqual([]);
});

test('fails for an account without the keys', () => {
  expect(found(({ get }) => void Object.assign(get('ServiceAccount/models'), { secrets: undefined }))).toEqual([
    'ServiceAccount/models: /secrets is empty, and models are fetched by it from Service/minio: KServe has no address and no keys',
  ]);
});

test('fails for a Secret without the address, for TLS that the store does not speak, and for a key that is missing', () => {
  expect(found((drafts) => delete annotations(drafts)['serving.kserve.io/s3-endpoint'])).toEqual([
    `${AT}s3-endpoint is missing, and so KServe asks Amazon’s S3 for the models`,
  ]);
  expect(found((drafts) => delete annotations(drafts)['serving.kserve.io/s3-usehttps'])).toEqual([
    `${AT}s3-usehttps is missing, not "0": Service/minio speaks no TLS`,
  ]);
  expect(found(({ get }) => get('ExternalSecret/store').spec.data.pop())).toEqual([
    'ExternalSecret/store: /spec/target makes no AWS_SECRET_ACCESS_KEY, by which KServe opens the store (there: AWS_ACCESS_KEY_ID)',
  ]);
});

test.each([
  [0, 'model'],
  [1, 'ml/iris/v2/model.joblib'],
])('fails for a model that nobody puts into the store (%i)', (i, value) => {
  expect(
    found(({ get }) => {
      get('Job/fill').spec.template.spec.containers[0].env[i].value = value;
    }),
  ).toEqual([
    expect.stringContaining('InferenceService/iris: /spec/predictor/model/storageUri is not where a Job puts the model (there: s3://'),
  ]);
});
