import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';

import type { Endpoint } from '../kubernetes/endpoint';
import { podLabels, selectorOf } from '../kubernetes/labels';
import { scrapePods } from '../observability/scrape';
import { MODEL_PORT, type ModelRuntime } from './model-runtimes';

/** What leads to a model. */
export interface Access {
  /** Name of the Service that routes name. */
  readonly service: string;

  /** Pods of the model, without ports. */
  readonly peer: Omit<Endpoint, 'port' | 'podPort'> & { readonly scope: Construct };

  readonly runtime: ModelRuntime;

  /**
   * Domain under which Knative's gateway knows the model.
   *
   * @default - the name that KServe gives it inside the cluster
   */
  readonly domain?: string | undefined;

  /** Annotations of the Service that the gateway reads. */
  readonly upstream: Readonly<Record<string, string>>;
}

const PORT = 80;

/**
 * Leads to the pods themselves. By a Service of our own: KServe writes annotations to its Service once and never again, so that a
 * timeout that changes here would not change there.
 */
export function standardAccess(scope: Construct, { service, peer, runtime, upstream }: Access): Endpoint {
  new k8s.KubeService(scope, 'service', {
    metadata: { name: service, labels: podLabels(peer.name), annotations: upstream },
    spec: { selector: selectorOf(peer.name), ports: [{ name: 'http', port: PORT, targetPort: k8s.IntOrString.fromNumber(MODEL_PORT) }] },
  });
  const { metricsPort } = runtime;
  if (metricsPort !== undefined) {
    const port = metricsPort === MODEL_PORT ? 'http' : 'metrics';
    scrapePods({ ...peer, port: metricsPort, podPort: metricsPort }, { port });
  }
  return { ...peer, port: PORT, podPort: MODEL_PORT };
}
