import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { stringify } from 'yaml';

import { podLabels, selectorOf, stablePods } from '../kubernetes/labels';
import type { VllmModel } from '../models/catalog';
import { MODELS_MOUNT } from '../models/stored-model';
import { configurationChecksum } from '../workloads/configuration-checksum';
import { engineConfig, loggingConfig } from './engine-config';
import { configName, type EnginePodProps, enginePod } from './engine-pod';
import type { VllmSettings } from './llm-settings';
import { waitScript } from './wait-for-model';

/** Properties for `VllmServer`. */
export interface VllmServerProps extends Omit<EnginePodProps, 'gpus'> {
  readonly settings: VllmSettings;
  readonly model: VllmModel;
  readonly imagePullSecrets: readonly string[];

  /** How the model fits its GPUs, for reviewers. */
  readonly fit: string;

  /**
   * Pods, where nothing scales them.
   *
   * @default - an autoscaler and Flagger decide
   */
  readonly replicas?: number;
}

/**
 * One model behind vLLM's OpenAI-compatible API: a Deployment, its configuration and its budget for disruptions.
 * What exposes it and brings new versions to users is a release.
 */
export class VllmServer extends Construct {
  /** What a release is made of: a change of any of it is a new version. */
  public readonly version: { readonly pod: k8s.PodSpec; readonly config: Readonly<Record<string, string>> };

  constructor(scope: Construct, name: string, props: VllmServerProps) {
    super(scope, name);

    const { settings, model, stored, budgets, fit, replicas, imagePullSecrets } = props;
    const config = {
      'config.yaml': stringify(engineConfig(settings, model, `${MODELS_MOUNT}/${stored.folder}`, budgets.drainSeconds, props.traces)),
      'logging.json': JSON.stringify(loggingConfig, undefined, 2),
      ...waitScript(),
    };
    const pod = enginePod(name, { ...props, gpus: settings.gpus });
    this.version = { pod, config };

    new k8s.KubeConfigMap(this, 'config', { metadata: { name: configName(name) }, data: config });
    new k8s.KubeServiceAccount(this, 'service-account', {
      metadata: { name },
      automountServiceAccountToken: false,
      imagePullSecrets: imagePullSecrets.map((secret) => ({ name: secret })),
    });

    // Primary and canary pods together: one of them at a time may be drained, whatever phase a release is in.
    new k8s.KubePodDisruptionBudget(this, 'disruption-budget', {
      metadata: { name },
      spec: { maxUnavailable: k8s.IntOrString.fromNumber(1), selector: { matchLabels: stablePods(name) } },
    });

    new k8s.KubeDeployment(this, 'deployment', {
      metadata: { name, labels: podLabels(name), annotations: { 'slipway.dev/fit': fit } },
      spec: {
        ...(replicas === undefined ? {} : { replicas }),
        revisionHistoryLimit: 3,
        progressDeadlineSeconds: budgets.progressSeconds,
        // GPUs are counted: a new pod takes the place of an old one instead of asking for a spare one.
        strategy: {
          type: 'RollingUpdate',
          rollingUpdate: { maxSurge: k8s.IntOrString.fromNumber(0), maxUnavailable: k8s.IntOrString.fromNumber(1) },
        },
        selector: { matchLabels: selectorOf(name) },
        template: {
          metadata: { labels: podLabels(name), annotations: podAnnotations(config, replicas) },
          spec: pod,
        },
      },
    });
  }
}

/** Flagger notices a changed configuration by itself; pods that nobody analyses roll because their template names it. */
function podAnnotations(config: Readonly<Record<string, string>>, replicas: number | undefined): Record<string, string> {
  return {
    'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false',
    ...(replicas === undefined ? {} : configurationChecksum(config)),
  };
}
