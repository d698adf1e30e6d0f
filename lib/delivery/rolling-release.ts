import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

import { type Endpoint, serviceHost } from '../kubernetes/endpoint';
import { selectorOf } from '../kubernetes/labels';

/** Exposes a Deployment by a Service of its own: Kubernetes replaces its pods, and nothing weighs any traffic. */
export class RollingRelease extends Construct {
  /** Where clients reach the pods. */
  public readonly endpoint: Endpoint;

  /** @param pods the Deployment's pods and the port they answer on */
  constructor(scope: Construct, target: string, pods: Endpoint) {
    super(scope, `${target}-release`);

    new k8s.KubeService(this, 'service', {
      metadata: { name: target },
      spec: { selector: selectorOf(target), ports: [{ name: 'http', port: 80, targetPort: k8s.IntOrString.fromString('http') }] },
    });
    this.endpoint = { ...pods, host: serviceHost(target, pods.namespace), port: 80 };
  }
}
