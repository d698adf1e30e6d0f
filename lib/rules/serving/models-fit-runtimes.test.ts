import { problems } from '../testing/problems';
import type { Draft } from '../testing/sample-target';

const runtime = (): Draft => ({
  ...{ apiVersion: 'serving.kserve.io/v1alpha1', kind: 'ServingRuntime', metadata: { name: 'sklearn', namespace: 'app' } },
  spec: {
    protocolVersions: ['v1'],
    supportedModelFormats: [{ name: 'sklearn', version: '1' }],
    containers: [{ name: 'kserve-container', args: ['--model_name={{.Name}}', '--model_dir=/mnt/models'] }],
  },
});
const service = (): Draft => ({
  ...{
    apiVersion: 'serving.kserve.io/v1beta1',
    kind: 'InferenceService',
    metadata: { name: 'intents', namespace: 'app', annotations: { 'serving.kserve.io/deploymentMode': 'Standard' } },
  },
  spec: {
    predictor: {
      ...{ minReplicas: 2, maxReplicas: 4, scaleMetric: 'cpu', scaleTarget: 70 },
      model: {
        modelFormat: { name: 'sklearn', version: '1' },
        protocolVersion: 'v1',
        runtime: 'sklearn',
        storageUri: 's3://models-of-here/ml/intents/v1',
      },
    },
  },
});
const found = (change: (predictor: Draft, runtime: Draft, annotations: Draft) => void) =>
  problems('models-fit-runtimes', ({ add }) => {
    const [server, model] = [runtime(), service()];
    change(model.spec.predictor, server.spec, model.metadata.annotations);
    add(server, model);
  });

test('accepts a model that its runtime takes', () => {
  expect(found(() => {})).toEqual([]);
});

test('accepts what Knative alone can do in its mode', () => {
  const asleep = { minReplicas: 0, scaleMetric: 'rps', scaleTarget: 500, canaryTrafficPercent: 10 };

  expect(
    found((predictor, _, annotations) => void [Object.assign(predictor, asleep), Object.assign(annotations, { [MODE]: 'Knative' })]),
  ).toEqual([]);
});

const MODE = 'serving.kserve.io/deploymentMode';
const AT_MODE = 'InferenceService/intents: /metadata/annotations/serving.kserve.io~1deploymentMode';
const MODEL = 'InferenceService/intents: /spec/predictor';
const RUNTIME = 'ServingRuntime/sklearn: /spec';
test.each<[string, (predictor: Draft, runtime: Draft, annotations: Draft) => void, string]>([
  ['no mode', (_, __, annotations) => delete annotations[MODE], `${AT_MODE} is missing, and KServe must be told one of Standard, Knative`],
  [
    'a mode of former days',
    (_, __, annotations) => Object.assign(annotations, { [MODE]: 'Serverless' }),
    `${AT_MODE} is Serverless, and KServe must be told one of Standard, Knative`,
  ],
  [
    'no replicas at night',
    (predictor) => Object.assign(predictor, { minReplicas: 0 }),
    `${MODEL}/minReplicas is 0, and only Knative wakes a model that sleeps`,
  ],
  [
    'a measure of the other mode',
    (predictor) => Object.assign(predictor, { scaleMetric: 'rps' }),
    `${MODEL}/scaleMetric is rps, which does not scale a model in mode Standard (there: cpu, memory)`,
  ],
  [
    'the folder of another model',
    ({ model }) => Object.assign(model, { storageUri: 's3://models-of-here/ml/topics/v1' }),
    `${MODEL}/model/storageUri is s3://models-of-here/ml/topics/v1, the folder of topics, not of intents`,
  ],
  [
    'whatever is latest',
    ({ model }) => Object.assign(model, { storageUri: 's3://models-of-here/ml/intents/latest' }),
    `${MODEL}/model/storageUri is s3://models-of-here/ml/intents/latest: what is latest changes while the manifest stays`,
  ],
  [
    'no address of a model',
    ({ model }) => Object.assign(model, { storageUri: 's3:/models-of-here/ml/intents/v1' }),
    `${MODEL}/model/storageUri is s3:/models-of-here/ml/intents/v1, no address that KServe can fetch from, such as s3://<bucket>/<folder>`,
  ],
  [
    'no model',
    ({ model }) => Object.assign(model, { storageUri: undefined }),
    `${MODEL}/model/storageUri is missing: nobody says where the model is`,
  ],
  [
    'another format',
    ({ model }) => Object.assign(model.modelFormat, { name: 'xgboost' }),
    `${MODEL}/model/modelFormat is xgboost 1, which the runtime does not take (there: sklearn 1)`,
  ],
  [
    'another version',
    ({ model }) => Object.assign(model.modelFormat, { version: '2' }),
    `${MODEL}/model/modelFormat is sklearn 2, which the runtime does not take (there: sklearn 1)`,
  ],
  [
    'another protocol',
    ({ model }) => Object.assign(model, { protocolVersion: 'v2' }),
    `${MODEL}/model/protocolVersion is v2, which the runtime does not speak (there: v1)`,
  ],
  ['too many replicas', (predictor) => Object.assign(predictor, { minReplicas: 5 }), `${MODEL}/minReplicas is 5, above the maximum of 4`],
  [
    'a share that cannot be',
    (predictor) => Object.assign(predictor, { scaleTarget: 7000 }),
    `${MODEL}/scaleTarget is 7000, and of cpu it is a share from 1 to 100 %`,
  ],
  [
    'a canary without Knative',
    (predictor) => Object.assign(predictor, { canaryTrafficPercent: 10 }),
    `${MODEL}/canaryTrafficPercent is 10, which only Knative carries out: all of the traffic moves at once`,
  ],
  ['a runtime that is off', (_, spec) => Object.assign(spec, { disabled: true }), `${RUNTIME}/disabled is true: no model may use it`],
  [
    'a runtime for ModelMesh',
    (_, spec) => Object.assign(spec, { multiModel: true }),
    `${RUNTIME}/multiModel is true: it waits for models that only ModelMesh brings`,
  ],
  [
    'another container',
    (_, spec) => Object.assign(spec.containers[0], { name: 'server' }),
    `${RUNTIME}/containers has no "kserve-container", which KServe gives the model to`,
  ],
  [
    'another folder',
    (_, spec) => spec.containers[0].args.splice(1, 1, '--model_dir=/models'),
    `${RUNTIME}/containers/0/args/1 looks for the model in /models, and KServe puts it into /mnt/models`,
  ],
  [
    'an unknown name',
    (_, spec) => spec.containers[0].args.splice(0, 1, '--model_name={{.ModelName}}'),
    `${RUNTIME}/containers/0/args/0 uses "{{.ModelName}}", which KServe does not know (there: Name, Namespace, Labels, Annotations)`,
  ],
  [
    'a runtime that is ready as soon as it lives',
    (_, spec) => Object.assign(spec.containers[0], { readinessProbe: { httpGet: { path: '/v2/health/live', port: 8080 } } }),
    `${RUNTIME}/containers/0/readinessProbe/httpGet/path is "/v2/health/live", which is answered before the model is loaded`,
  ],
])('fails for %s', (_, change, message) => {
  expect(found(change)).toEqual([message]);
});
