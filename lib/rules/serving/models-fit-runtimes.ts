import { type Data, record, records } from '../fields';
import { ALIVE } from '../pods/probes-ask-what-answers';
import type { Rule } from '../rule';

type Fault = readonly [field: string, message: string];

/** The container that KServe gives the model to, and where it puts the model. */
const CONTAINER = 'kserve-container';
const FOLDER = '/mnt/models';

/** Says how KServe runs a model: as a Deployment, or as a Service of Knative. */
const MODE = 'serving.kserve.io/deploymentMode';
const MODE_FIELD = `/metadata/annotations/${MODE.replace('/', '~1')}`;

/** What scales a model in each mode. */
const METRICS: Readonly<Record<string, readonly string[]>> = { Standard: ['cpu', 'memory'], Knative: ['concurrency', 'rps'] };

/** The folder of a version, below the one of its model. */
const VERSIONED = /\/([^/]+)\/([^/]+)$/;

/** How KServe is told where a model is. */
const ADDRESS = /^(?:s3|gs|https?|pvc|hf|oci|hdfs|webhdfs):\/\/./;

/** How servers are told where the model is. */
const MODEL_FOLDER = /^--(?:model_dir|model_base_path|model-repository|model-store|model_repository)=(.*)$/;

/** Most of a pod's processor that an autoscaler can be told to keep it at, percent. */
const MOST_SHARE = 100;

export const modelsFitRuntimes: Rule = {
  id: 'models-fit-runtimes',
  title: 'Every model says how it is run, names a runtime that takes its format and its protocol, and comes from its own folder.',
  why: 'KServe reports RuntimeUnsupported where nobody looks and makes no pod, starts a server that looks for its model in a folder where it is not, or serves what belongs to another model. Without a mode it takes the default of its release. A server that is ready as soon as it runs gets requests for a model that it still loads.',
  fix: 'Take format, version and protocol from the runtime in lib/ml; KServe puts the model into /mnt/models of the kserve-container.',
  *check(target) {
    for (const object of target.all('ServingRuntime.serving.kserve.io')) {
      for (const [field, message] of ofRuntime(record(object.spec))) yield { object, field: `/spec${field}`, message };
    }
    for (const object of target.all('InferenceService.serving.kserve.io')) {
      const predictor: Data = record(record(object.spec).predictor);
      const runtime = target.find('ServingRuntime.serving.kserve.io', object.metadata.namespace ?? '', String(predictor.model?.runtime));
      const mode = object.metadata.annotations?.[MODE];
      if (mode === undefined || !(mode in METRICS)) {
        const message = `is ${mode ?? 'missing'}, and KServe must be told one of ${Object.keys(METRICS).join(', ')}`;
        yield { object, field: MODE_FIELD, message };
        continue;
      }
      for (const [field, message] of [
        ...ofReplicas(predictor, mode),
        ...ofFolder(object.metadata.name, record(predictor.model)),
        ...(runtime ? unfit(record(predictor.model), record(runtime.spec)) : []),
      ])
        yield { object, field: `/spec/predictor${field}`, message };
    }
  },
};

function* ofRuntime({ containers, disabled, multiModel }: Data): Iterable<Fault> {
  if (disabled === true) yield ['/disabled', 'is true: no model may use it'];
  if (multiModel === true) yield ['/multiModel', 'is true: it waits for models that only ModelMesh brings'];
  const at = records(containers).findIndex(({ name }) => name === CONTAINER);
  if (at < 0) {
    yield ['/containers', `has no "${CONTAINER}", which KServe gives the model to`];
    return;
  }
  const { args, readinessProbe } = records(containers)[at] ?? {};
  const path = readinessProbe?.httpGet?.path;
  if (ALIVE.test(String(path)))
    yield [`/containers/${at}/readinessProbe/httpGet/path`, `is "${path}", which is answered before the model is loaded`];
  for (const [i, arg] of (Array.isArray(args) ? args : []).entries()) {
    const [, folder] = MODEL_FOLDER.exec(String(arg)) ?? [];
    if (folder !== undefined && folder !== FOLDER && !folder.startsWith(`${FOLDER}/`))
      yield [`/containers/${at}/args/${i}`, `looks for the model in ${folder}, and KServe puts it into ${FOLDER}`];
    for (const [, name] of String(arg).matchAll(/\{\{\s*\.([\w.]+)\s*\}\}/g)) {
      if (!/^(?:Name|Namespace|Labels\.|Annotations\.)/.test(name ?? ''))
        yield [
          `/containers/${at}/args/${i}`,
          `uses "{{.${name}}}", which KServe does not know (there: Name, Namespace, Labels, Annotations)`,
        ];
    }
  }
}

function* ofReplicas(
  { minReplicas = 1, maxReplicas, scaleMetric, scaleTarget, canaryTrafficPercent }: Data,
  mode: string,
): Iterable<Fault> {
  const isStandard = mode === 'Standard';
  if (isStandard && minReplicas === 0) yield ['/minReplicas', 'is 0, and only Knative wakes a model that sleeps'];
  const metrics = METRICS[mode] ?? [];
  if (scaleMetric !== undefined && !metrics.includes(scaleMetric))
    yield ['/scaleMetric', `is ${scaleMetric}, which does not scale a model in mode ${mode} (there: ${metrics.join(', ')})`];
  if (maxReplicas !== undefined && maxReplicas !== 0 && minReplicas > maxReplicas)
    yield ['/minReplicas', `is ${minReplicas}, above the maximum of ${maxReplicas}`];
  if (
    isStandard &&
    ['cpu', 'memory'].includes(scaleMetric ?? 'cpu') &&
    scaleTarget !== undefined &&
    !(scaleTarget >= 1 && scaleTarget <= MOST_SHARE)
  )
    yield ['/scaleTarget', `is ${scaleTarget}, and of ${scaleMetric ?? 'cpu'} it is a share from 1 to ${MOST_SHARE} %`];
  if (canaryTrafficPercent !== undefined && isStandard)
    yield ['/canaryTrafficPercent', `is ${canaryTrafficPercent}, which only Knative carries out: all of the traffic moves at once`];
}

function* ofFolder(name: string, { storageUri: uri, storage }: Data): Iterable<Fault> {
  if (uri === undefined && storage === undefined) yield ['/model/storageUri', 'is missing: nobody says where the model is'];
  if (typeof uri !== 'string') return;
  if (!ADDRESS.test(uri)) yield ['/model/storageUri', `is ${uri}, no address that KServe can fetch from, such as s3://<bucket>/<folder>`];
  const [, model, version] = VERSIONED.exec(uri) ?? [];
  if (model !== undefined && model !== name) yield ['/model/storageUri', `is ${uri}, the folder of ${model}, not of ${name}`];
  if (version === 'latest') yield ['/model/storageUri', `is ${uri}: what is latest changes while the manifest stays`];
}

function* unfit({ modelFormat, protocolVersion }: Data, runtime: Data): Iterable<Fault> {
  const { name, version } = record(modelFormat);
  const formats = records(runtime.supportedModelFormats);
  const takes = formats.some(
    (each) => each.name === name && (version === undefined || each.version === undefined || `${each.version}` === `${version}`),
  );
  const all = formats.map((each) => `${each.name} ${each.version ?? ''}`.trim()).join(', ');
  if (!takes) yield ['/model/modelFormat', `is ${name} ${version ?? ''}, which the runtime does not take (there: ${all})`];
  const protocols: readonly unknown[] = Array.isArray(runtime.protocolVersions) ? runtime.protocolVersions : [];
  if (protocolVersion !== undefined && protocols.length > 0 && !protocols.includes(protocolVersion))
    yield ['/model/protocolVersion', `is ${protocolVersion}, which the runtime does not speak (there: ${protocols.join(', ')})`];
}
