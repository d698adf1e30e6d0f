import { k8s } from 'cdk8s-plus-27';

import { selectorOf } from '../kubernetes/labels';
import type { NodePool } from '../regions/region';
import { restrictedContainer, restrictedPod } from '../security/restricted';
import { placed, spread } from '../workloads/placement';

/** What the pods of a scheduler are made of. */
export interface SchedulerPod {
  readonly image: string;

  /** Nodes that it runs on where there is room. */
  readonly pool: NodePool;
}

const CONFIG = '/etc/kube-scheduler';

/** `nonroot` of images without a distribution. */
const USER = 65532;

const PORT = 10259;

/** The pods of a scheduler whose configuration is the ConfigMap of its name. */
export function schedulerPod(name: string, { image, pool }: SchedulerPod): k8s.PodSpec {
  const health: k8s.Probe = {
    httpGet: { path: '/healthz', port: k8s.IntOrString.fromString('https'), scheme: 'HTTPS' },
    periodSeconds: 10,
    timeoutSeconds: 5,
  };
  return {
    serviceAccountName: name,
    automountServiceAccountToken: true,
    enableServiceLinks: false,
    priorityClassName: 'system-cluster-critical',
    securityContext: restrictedPod(USER),
    ...placed({ pool }),
    ...spread(selectorOf(name)),
    containers: [
      {
        name,
        image,
        // Nobody but kubelet asks it anything, so nobody need be recognised.
        command: ['/usr/local/bin/kube-scheduler', `--config=${CONFIG}/config.yaml`, '--authentication-skip-lookup=true'],
        ports: [{ name: 'https', containerPort: PORT }],
        resources: {
          requests: { cpu: k8s.Quantity.fromString('100m'), memory: k8s.Quantity.fromString('128Mi') },
          limits: { memory: k8s.Quantity.fromString('512Mi') },
        },
        securityContext: restrictedContainer,
        startupProbe: { ...health, failureThreshold: 24 },
        livenessProbe: { ...health, failureThreshold: 6 },
        readinessProbe: { ...health, failureThreshold: 3 },
        volumeMounts: [{ name: 'config', mountPath: CONFIG, readOnly: true }],
      },
    ],
    volumes: [{ name: 'config', configMap: { name } }],
  };
}
