import type { App } from 'cdk8s';

import { AnalysedRelease } from '../delivery/analysed-release';
import { LoadTester } from '../delivery/load-tester';
import { markerName, ReleaseMarker } from '../delivery/release-marker';
import { RollingRelease } from '../delivery/rolling-release';
import { AppChart } from '../kubernetes/app-chart';
import { type Endpoint, serviceHost } from '../kubernetes/endpoint';
import { stablePods } from '../kubernetes/labels';
import type { VllmModel } from '../models/catalog';
import type { EngineBudgets } from '../models/engine-budgets';
import { fitGate } from '../models/fit-gate';
import { describePlan } from '../models/memory-plan';
import type { StoredModel } from '../models/stored-model';
import { scrapePods } from '../observability/scrape';
import type { GpuPool } from '../regions/region';
import type { ImageName } from '../releases/images';
import type { ModelPin } from '../releases/models';
import type { InternalGateway } from '../routing/gateway';
import { requestTimeouts } from '../routing/request-timeouts';
import { connect } from '../security/connect';
import { DeliveredSecret } from '../security/delivered-secret';
import type { SecretStore } from '../security/secret-store';
import { SizeRecommendation } from '../workloads/size-recommendation';
import { EngineAlerts } from './engine-alerts';
import { EngineRecords } from './engine-records';
import { engineResources, RECOMMENDED } from './engine-resources';
import type { VllmSettings } from './llm-settings';
import { VllmServer } from './vllm-server';

/** Properties for `VllmChart`. */
export interface VllmChartProps {
  readonly settings: VllmSettings;
  readonly model: VllmModel;
  readonly pin: ModelPin;
  readonly pool: GpuPool;

  /** Whether a scheduler of our own packs engines onto nodes. */
  readonly packed: boolean;

  /** Whether the engine is watched for what it should request. */
  readonly recommendSizes: boolean;

  readonly budgets: EngineBudgets;

  /** The model on the shared claim, and the claim for what the engine compiles. */
  readonly stored: StoredModel;
  readonly compileCache: string;

  /** Reference of a pinned image; asked only for those that are used. */
  readonly image: (name: ImageName) => string;

  readonly imagePullSecrets: readonly string[];
  readonly store: SecretStore;
  readonly gateway: InternalGateway;

  /**
   * Where spans are sent.
   *
   * @default - nothing is traced
   */
  readonly traces?: Endpoint;
}

/** Name of the engine's key in the store: its clients fetch it there as well. */
export const ENGINE_API_KEY = 'llm-api-key';

/** One model on vLLM, its release, and what watches both. */
export class VllmChart extends AppChart {
  /** Where clients call the model. */
  public readonly endpoint: Endpoint;

  constructor(app: App, id: string, props: VllmChartProps) {
    super(app, id, 'llm');

    const { settings, model, pin, pool, packed, budgets, stored, compileCache, image, imagePullSecrets, store, gateway, traces } = props;
    const { server: name, release, replicas, slo } = settings;
    const plan = fitGate({
      ...{ server: name, model, weightBytes: pin.bytes, pool, peakPods: peakPods(settings) },
      ...{ gpus: settings.gpus, gpuMemoryUtilization: settings.gpuMemoryUtilization, maxModelLen: settings.maxModelLen },
      ...{ podCpus: engineResources(settings.gpus).cpuRequest, podMemoryGiB: engineResources(settings.gpus).memoryGiB },
    });
    const timeouts = requestTimeouts(settings.longestAnswerSeconds);
    const apiKey = new DeliveredSecret(this, 'llm-secrets', { store, values: { 'api-key': ENGINE_API_KEY } }).key('api-key');
    const pods = {
      ...{ name, namespace: this.namespace, pods: stablePods(name), scope: this },
      ...{ host: serviceHost(name, this.namespace), port: 80, podPort: 8000 },
    };

    const server = new VllmServer(this, name, {
      ...{ settings, model, stored, compileCache, pool, packed, budgets, apiKey, imagePullSecrets, image: image('vllm') },
      ...(traces === undefined ? {} : { traces }),
      fit: `${describePlan(plan)}: ${plan.concurrency} at the same time`,
      envFrom: release.kind === 'rolling' ? [] : [{ prefix: 'RELEASE_', configMapRef: { name: markerName(name) } }],
      ...(release.kind === 'rolling' ? { replicas: replicas.min } : {}),
    });
    if (traces !== undefined) connect(pods, traces);
    scrapePods(pods, { port: 'http', intervalSeconds: 10 });
    new EngineAlerts(this, `${name}-alerts`, { servedName: model.servedName, slo });
    new EngineRecords(this, `${name}-records`, { servedName: model.servedName });

    if (props.recommendSizes) {
      // Flagger scales the Deployment that is released to zero: the one that serves users is its copy.
      const deployment = release.kind === 'rolling' ? name : `${name}-primary`;
      new SizeRecommendation(this, name, { deployment, bounds: RECOMMENDED });
    }

    if (release.kind === 'rolling') {
      this.endpoint = new RollingRelease(this, name, pods).endpoint;
    } else {
      // How soon a version is promoted makes none of it.
      const { skipAnalysis: _, ...policy } = release;
      const marker = new ReleaseMarker(
        this,
        name,
        { model: pin.name, revision: pin.revision ?? 'unresolved', attempt: `${pin.attempt}` },
        { ...server.version, replicas, release: policy },
      );
      const loadTester = new LoadTester(this, {
        ...{ namespace: this.namespace, image: image('loadtester'), imagePullSecrets },
        ...{ servedName: model.servedName, apiKey, engine: pods },
      });
      new AnalysedRelease(this, name, {
        ...{ policy: release, namespace: this.namespace, replicas, slo, gateway, timeouts, budgets, store },
        ...{ marker: marker.annotations, loadTesterUrl: loadTester.url },
      });
      connect(gateway.proxies, pods);
      this.endpoint = gateway.endpoint(name);
    }
  }
}

/** Pods that exist at the same time at most: a rolling release replaces one by one, the others test new pods beside the old. */
function peakPods({ release, replicas }: VllmSettings): number {
  if (release.kind === 'canary') return replicas.max + release.canaryReplicas.max;
  if (release.kind === 'blue-green') return 2 * replicas.max;
  return replicas.max;
}
