import type { App } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';

import { AppChart } from '../kubernetes/app-chart';
import { type Endpoint, serviceHost } from '../kubernetes/endpoint';
import { podLabels, selectorOf, stablePods } from '../kubernetes/labels';
import { ENDPOINTS_SETTLE_SECONDS } from '../models/engine-budgets';
import { MODEL_USER, MODELS_MOUNT, type StoredModel } from '../models/stored-model';
import { restrictedContainer, restrictedPod } from '../security/restricted';
import { type Placement, placed } from '../workloads/placement';
import { resourcesOf } from '../workloads/sizes';
import { waitForModel, waitScript } from './wait-for-model';

/** Properties for `OllamaChart`. */
export interface OllamaChartProps {
  readonly stored: StoredModel;
  readonly image: string;
  readonly placement: Placement;

  /** What a stopping server may take to finish its answers, seconds. */
  readonly longestAnswerSeconds: number;
}

const NAME = 'ollama';
const PORT = 11434;

/** What one small model on a few cores takes: a 4B model in four bits is 3.3 GB, and Ollama keeps one loaded. */
const RESOURCES = { requests: { cpu: '2', memory: '8Gi' }, limits: { cpu: '4', memory: '8Gi' } };

/** What the server may take to start; it loads a model when it is asked for. */
const STARTUP_SECONDS = 120;

/** What a rollout may wait for a pod beyond its model and its start. */
const NODE_AND_IMAGE_SECONDS = 300;

/**
 * Small models on a CPU.
 *
 * Ollama knows no authentication, so nothing but the rules of `connect` leads to it, and nothing publishes it.
 */
export class OllamaChart extends AppChart {
  /** Where clients call the models. */
  public readonly endpoint: Endpoint;

  constructor(app: App, id: string, props: OllamaChartProps) {
    super(app, id, 'llm');

    new k8s.KubeConfigMap(this, 'scripts', {
      metadata: { name: `${NAME}-scripts` },
      data: waitScript(),
    });
    new k8s.KubeServiceAccount(this, 'service-account', {
      metadata: { name: NAME },
      automountServiceAccountToken: false,
      imagePullSecrets: props.placement.imagePullSecrets.map((name) => ({ name })),
    });
    new k8s.KubeDeployment(this, 'deployment', {
      metadata: { name: NAME, labels: podLabels(NAME) },
      spec: {
        replicas: 1,
        // Two servers do not fit a developer's machine.
        strategy: { type: 'Recreate' },
        progressDeadlineSeconds: NODE_AND_IMAGE_SECONDS + props.stored.fetchSeconds + STARTUP_SECONDS,
        selector: { matchLabels: selectorOf(NAME) },
        template: { metadata: { labels: podLabels(NAME) }, spec: pod(props) },
      },
    });
    new k8s.KubeService(this, 'service', {
      metadata: { name: NAME },
      spec: { selector: selectorOf(NAME), ports: [{ name: 'http', port: PORT, targetPort: k8s.IntOrString.fromString('http') }] },
    });

    this.endpoint = {
      ...{ name: NAME, namespace: this.namespace, pods: stablePods(NAME), scope: this },
      ...{ host: serviceHost(NAME, this.namespace), port: PORT, podPort: PORT },
    };
  }
}

function pod({ stored, image, placement, longestAnswerSeconds }: OllamaChartProps): k8s.PodSpec {
  const models = { name: 'models', mountPath: MODELS_MOUNT, readOnly: true };
  const alive = { httpGet: { path: '/', port: k8s.IntOrString.fromString('http') }, timeoutSeconds: 10 };

  return {
    serviceAccountName: NAME,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: restrictedPod(MODEL_USER),
    ...placed(placement),
    terminationGracePeriodSeconds: ENDPOINTS_SETTLE_SECONDS + longestAnswerSeconds,
    initContainers: [waitForModel(image, stored, { name: 'scripts', mountPath: '/scripts', readOnly: true })],
    containers: [
      {
        name: NAME,
        image,
        ports: [{ name: 'http', containerPort: PORT }],
        env: [
          { name: 'HOME', value: '/tmp' },
          { name: 'OLLAMA_HOST', value: `0.0.0.0:${PORT}` },
          { name: 'OLLAMA_MODELS', value: `${MODELS_MOUNT}/${stored.folder}` },
          // The claim is read-only here: the server must not tidy up what the Job has pulled.
          { name: 'OLLAMA_NOPRUNE', value: '1' },
          { name: 'OLLAMA_MAX_LOADED_MODELS', value: '1' },
          { name: 'OLLAMA_KEEP_ALIVE', value: '30m' },
        ],
        resources: resourcesOf(RESOURCES),
        securityContext: restrictedContainer,
        startupProbe: { ...alive, periodSeconds: 5, failureThreshold: STARTUP_SECONDS / 5 },
        livenessProbe: { ...alive, periodSeconds: 30, failureThreshold: 6 },
        readinessProbe: { ...alive, periodSeconds: 10 },
        lifecycle: { preStop: { exec: { command: ['sleep', `${ENDPOINTS_SETTLE_SECONDS}`] } } },
        volumeMounts: [models, { name: 'scratch', mountPath: '/tmp' }],
      },
    ],
    volumes: [
      { name: 'models', persistentVolumeClaim: { claimName: stored.claim, readOnly: true } },
      { name: 'scripts', configMap: { name: `${NAME}-scripts` } },
      { name: 'scratch', emptyDir: { sizeLimit: k8s.Quantity.fromString('1Gi') } },
    ],
  };
}
