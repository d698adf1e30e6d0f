import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';

import type { AddonNamespace } from '../kubernetes/namespaces';
import { fromAddon } from '../kubernetes/sync-options';
import { routes } from '../kubernetes/sync-wave';

const NAME = 'knative-serving' satisfies AddonNamespace;

/** Parts of a pod's spec that Knative refuses unless it is told otherwise, and that ours are restricted, placed and spread by. */
const POD_SPEC = ['affinity', 'priorityclassname', 'securitycontext', 'tolerations', 'topologyspreadconstraints'];

/** Knative Serving, for models that are its Services. Its gateway (Kourier) stays inside the cluster: Kong is the way in. */
export function defineKnativeServing(scope: Construct): void {
  new ApiObject(scope, NAME, {
    apiVersion: 'operator.knative.dev/v1beta1',
    kind: 'KnativeServing',
    metadata: { name: NAME, namespace: NAME, annotations: { ...routes, ...fromAddon } },
    spec: {
      'high-availability': { replicas: 2 },
      ingress: { kourier: { enabled: true, 'service-type': 'ClusterIP' } },
      config: {
        network: { 'ingress-class': 'kourier.ingress.networking.knative.dev' },
        observability: { 'metrics-protocol': 'prometheus' }, // none by default
        features: Object.fromEntries(POD_SPEC.map((part) => [`kubernetes.podspec-${part}`, 'enabled'])),
      },
    },
  });
}
