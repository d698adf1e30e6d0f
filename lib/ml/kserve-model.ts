import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

import {
  InferenceService,
  type InferenceServiceSpecPredictor,
  InferenceServiceSpecPredictorScaleMetric as Metric,
} from '../../imports/serving.kserve.io';
import { type Endpoint, serviceHost } from '../kubernetes/endpoint';
import { podLabels, selectorOf, stablePods } from '../kubernetes/labels';
import { PLATFORM } from '../kubernetes/priority';
import { fromAddon } from '../kubernetes/sync-options';
import { modelService } from '../observability/model-metrics';
import type { NodePool, Region } from '../regions/region';
import { allowInternet, connect } from '../security/connect';
import { restrictedPod } from '../security/restricted';
import { placed, spread } from '../workloads/placement';
import { knativeAccess } from './knative-access';
import type { KnativeModel, MlSettings, Model, StandardModel } from './ml-settings';
import { runtimeOf } from './model-runtimes';
import type { ModelStorage } from './model-storage';
import { standardAccess } from './standard-access';

/** Properties for `KServeModel`. */
export interface KServeModelProps {
  readonly namespace: string;
  readonly settings: MlSettings;
  readonly model: StandardModel | KnativeModel;
  readonly storage: ModelStorage;
  readonly region: Region;

  /** Host under which models are published: domains of models are below it. */
  readonly host: string | undefined;

  /** Annotations of the model's Service that the gateway reads. */
  readonly upstream: Readonly<Record<string, string>>;
}

/** User of every server. */
const USER = 1000;

/** Seconds in which proxies learn that a pod goes, and between the last answer and the kill. */
const SETTLE_SECONDS = 20;

/**
 * A model that KServe serves: an InferenceService, what leads to it, and a budget for disruptions. KServe makes its Deployment and its
 * autoscaler, or its Service of Knative.
 */
export class KServeModel extends Construct {
  /** Where the gateway sends requests for the model. */
  public readonly endpoint: Endpoint;

  /**
   * @throws RangeError if the model's runtime is not among those of the target, or it wants accelerators that the region does not have
   */
  constructor(scope: Construct, name: string, { namespace, settings, model, storage, region, host, upstream }: KServeModelProps) {
    super(scope, `model-${name}`);

    if (!settings.runtimes.includes(model.runtime)) {
      throw new RangeError(
        `Cannot serve "${name}" as the target has no runtime "${model.runtime}": add it to runtimes, or take one of ${settings.runtimes.join(', ')}`,
      );
    }
    const { mode, longestAnswerSeconds } = settings;

    new InferenceService(this, 'inference-service', {
      metadata: { name, annotations: { ...fromAddon, 'serving.kserve.io/deploymentMode': mode } },
      spec: {
        predictor: {
          ...predictorOf(model, storage, poolOf(model, region)),
          timeout: longestAnswerSeconds,
          ...(mode === 'Standard' ? rolling(longestAnswerSeconds) : canaryOf(model)),
        },
      },
    });
    if (model.replicas.min > 1) {
      new k8s.KubePodDisruptionBudget(this, 'disruption-budget', {
        metadata: { name },
        spec: { maxUnavailable: k8s.IntOrString.fromNumber(1), selector: { matchLabels: stablePods(name) } },
      });
    }

    const service = modelService(name);
    const peer = { name, namespace, pods: stablePods(name), scope: this, host: serviceHost(service, namespace) };
    if (storage.endpoint === undefined) allowInternet(peer);
    else connect(peer, storage.endpoint);
    const domain = settings.mode === 'Knative' && settings.exposure === 'knative-domain' ? `${name}.${host}` : undefined;
    const access = { service, peer, runtime: runtimeOf(model.runtime), domain, upstream };
    this.endpoint = mode === 'Standard' ? standardAccess(this, access) : knativeAccess(this, access);
  }
}

/** Models with accelerators run where those are, the others on the nodes of the request path. */
function poolOf({ name, gpus = 0 }: Model, { name: region, cpuPool, gpuPool }: Region): NodePool {
  if (gpus === 0) return cpuPool;
  if (gpuPool === undefined) {
    throw new RangeError(
      `Cannot serve "${name}" on ${gpus} GPUs in "${region}" as the region has none: leave gpus out, or serve it elsewhere`,
    );
  }
  return gpuPool;
}

function predictorOf(model: StandardModel | KnativeModel, storage: ModelStorage, pool: NodePool): InferenceServiceSpecPredictor {
  const { name, runtime, replicas, scale } = model;
  const { format, protocol } = runtimeOf(runtime);
  return {
    labels: { ...podLabels(name), ...storage.podLabels },
    minReplicas: replicas.min,
    maxReplicas: replicas.max,
    scaleMetric: Metric[scale.metric.toUpperCase() as Uppercase<typeof scale.metric>],
    scaleTarget: scale.target,
    serviceAccountName: storage.account,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    priorityClassName: PLATFORM,
    securityContext: restrictedPod(USER),
    ...placed({ pool }),
    ...spread(selectorOf(name)),
    model: {
      modelFormat: format,
      protocolVersion: protocol,
      runtime,
      storageUri: storage.uri(model),
      resources: resources(model),
    },
  };
}

/** All that it asks for is its own: a model that is throttled or evicted answers late or not at all. */
function resources({ cpus, memoryGiB, gpus = 0 }: Model): k8s.ResourceRequirements {
  const all = {
    cpu: k8s.Quantity.fromString(`${cpus}`),
    memory: k8s.Quantity.fromString(`${memoryGiB * 1024}Mi`),
    ...(gpus === 0 ? {} : { 'nvidia.com/gpu': k8s.Quantity.fromNumber(gpus) }),
  };
  return { requests: all, limits: all };
}

/** No pod goes before its successor has loaded the model, nor before it has answered. */
const rolling = (longestAnswerSeconds: number): InferenceServiceSpecPredictor => ({
  deploymentStrategy: {
    type: 'RollingUpdate',
    rollingUpdate: { maxSurge: k8s.IntOrString.fromNumber(1), maxUnavailable: k8s.IntOrString.fromNumber(0) },
  },
  terminationGracePeriodSeconds: longestAnswerSeconds + SETTLE_SECONDS,
});

const canaryOf = (model: StandardModel | KnativeModel): InferenceServiceSpecPredictor =>
  'canaryTrafficPercent' in model ? { canaryTrafficPercent: model.canaryTrafficPercent } : {};
