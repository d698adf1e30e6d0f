import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

import { ServingRuntime, type ServingRuntimeSpecContainersPorts } from '../../imports/serving.kserve.io';
import { fromAddon } from '../kubernetes/sync-options';
import { beforeWorkloads } from '../kubernetes/sync-wave';
import { restrictedContainer } from '../security/restricted';
import { resourcesOf } from '../workloads/sizes';
import type { MlSettings } from './ml-settings';
import { MODEL_PORT, type RuntimeName, runtimeOf } from './model-runtimes';

/** Properties for `Runtime`. */
export interface RuntimeProps {
  readonly image: string;
  readonly imagePullSecrets: readonly string[];

  /** Knative forwards to one port, which has no name of ours. */
  readonly mode: MlSettings['mode'];
}

/** For models that say nothing: one that does replaces it. */
const SIZE = resourcesOf({ requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: '1', memory: '2Gi' } });

/** A large model on a slow line. */
const STARTUP_SECONDS = 600;

/** A server that models of the namespace may ask for by its name. Of our own, so that its image is pinned and its pods are restricted. */
export class Runtime extends Construct {
  constructor(scope: Construct, name: RuntimeName, { image, imagePullSecrets, mode }: RuntimeProps) {
    super(scope, `runtime-${name}`);

    const { format, protocol, command, args, liveness, readiness, metricsPort = MODEL_PORT } = runtimeOf(name);
    const at = (path: string) => ({ httpGet: { path, port: k8s.IntOrString.fromNumber(MODEL_PORT) }, timeoutSeconds: 10 });

    new ServingRuntime(this, 'object', {
      metadata: { name, annotations: { ...beforeWorkloads, ...fromAddon } },
      spec: {
        // Models name their server; KServe does not choose among several.
        supportedModelFormats: [{ ...format, autoSelect: false }],
        protocolVersions: [protocol],
        multiModel: false,
        ...(imagePullSecrets.length === 0 ? {} : { imagePullSecrets: imagePullSecrets.map((secret) => ({ name: secret })) }),
        containers: [
          {
            name: 'kserve-container', // where KServe looks for the server
            image,
            ...(command === undefined ? {} : { command: [...command] }),
            args: [...args],
            // Caches of libraries; the rest of the file system is read-only.
            env: ['HOME', 'HF_HOME', 'MPLCONFIGDIR'].map((variable) => ({ name: variable, value: '/tmp' })),
            ports: mode === 'Knative' ? [{ containerPort: MODEL_PORT, protocol: 'TCP' }] : portsOf(metricsPort),
            resources: SIZE,
            securityContext: restrictedContainer,
            startupProbe: { ...at(readiness), periodSeconds: 5, failureThreshold: STARTUP_SECONDS / 5 },
            livenessProbe: { ...at(liveness), periodSeconds: 20, failureThreshold: 6 },
            readinessProbe: { ...at(readiness), periodSeconds: 10, failureThreshold: 3 },
            volumeMounts: [
              { name: 'scratch', mountPath: '/tmp' },
              { name: 'shared-memory', mountPath: '/dev/shm' },
            ],
          },
        ],
        volumes: [
          { name: 'scratch', emptyDir: { sizeLimit: k8s.Quantity.fromString('2Gi') } },
          // Workers of a server pass tensors through it; 64 MiB is what they would get.
          { name: 'shared-memory', emptyDir: { medium: 'Memory', sizeLimit: k8s.Quantity.fromString('256Mi') } },
        ],
      },
    });
  }
}

const portsOf = (metricsPort: number): ServingRuntimeSpecContainersPorts[] => [
  { name: 'http', containerPort: MODEL_PORT, protocol: 'TCP' },
  ...(metricsPort === MODEL_PORT ? [] : [{ name: 'metrics', containerPort: metricsPort, protocol: 'TCP' }]),
];
