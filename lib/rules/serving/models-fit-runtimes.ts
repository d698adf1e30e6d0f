import { type Data, record, records } from '../fields';
import type { Rule } from '../rule';

type Fault = readonly [field: string, message: string];

/** The container that KServe gives the model to, and where it puts the model. */
const CONTAINER = 'kserve-container';
const FOLDER = '/mnt/models';

/** Modes without Knative. */
const STANDARD = /^(?:Standard|RawDeployment)$/;

/** How servers are told where the model is. */
const MODEL_FOLDER = /^--(?:model_dir|model_base_path|model-repository|model-store|model_repository)=(.*)$/;

/** Most of a pod's processor that an autoscaler can be told to keep it at, percent. */
const MOST_SHARE = 100;

export const modelsFitRuntimes: Rule = {
  id: 'models-fit-runtimes',
  title: 'Every model names a runtime that takes its format and its protocol, and has a number of replicas that can be.',
  why: 'KServe reports RuntimeUnsupported where nobody looks and makes no pod, or starts a server that looks for its model in a folder where it is not.',
  fix: 'Take format, version and protocol from the runtime in lib/ml; KServe puts the model into /mnt/models of the kserve-container.',
  *check(target) {
    for (const object of target.all('ServingRuntime.serving.kserve.io')) {
      for (const [field, message] of ofRuntime(record(object.spec))) yield { object, field: `/spec${field}`, message };
    }
    for (const object of target.all('InferenceService.serving.kserve.io')) {
      const predictor: Data = record(record(object.spec).predictor);
      const runtime = target.find('ServingRuntime.serving.kserve.io', object.metadata.namespace ?? '', String(predictor.model?.runtime));
      const isStandard = STANDARD.test(String(object.metadata.annotations?.['serving.kserve.io/deploymentMode']));
      for (const [field, message] of [
        ...ofReplicas(predictor, isStandard),
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
  const { args } = records(containers)[at] ?? {};
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
  { minReplicas = 1, maxReplicas, scaleMetric = 'cpu', scaleTarget, canaryTrafficPercent }: Data,
  isStandard: boolean,
): Iterable<Fault> {
  if (maxReplicas !== undefined && maxReplicas !== 0 && minReplicas > maxReplicas)
    yield ['/minReplicas', `is ${minReplicas}, above the maximum of ${maxReplicas}`];
  if (['cpu', 'memory'].includes(scaleMetric) && scaleTarget !== undefined && !(scaleTarget >= 1 && scaleTarget <= MOST_SHARE))
    yield ['/scaleTarget', `is ${scaleTarget}, and of ${scaleMetric} it is a share from 1 to ${MOST_SHARE} %`];
  if (canaryTrafficPercent !== undefined && isStandard)
    yield ['/canaryTrafficPercent', `is ${canaryTrafficPercent}, which only Knative carries out: all of the traffic moves at once`];
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
