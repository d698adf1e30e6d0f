import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

import type { Endpoint, Peer } from '../kubernetes/endpoint';
import { serviceHost } from '../kubernetes/endpoint';
import { podLabels, selectorOf, stablePods } from '../kubernetes/labels';
import { envFromSecret, type SecretKey } from '../kubernetes/secret-key';
import { connect } from '../security/connect';
import { restrictedContainer, restrictedPod } from '../security/restricted';

/** Properties for `LoadTester`. */
export interface LoadTesterProps {
  readonly namespace: string;
  readonly image: string;
  readonly imagePullSecrets: readonly string[];

  /** Model that is asked. */
  readonly servedName: string;

  /** Key that the engine wants to see. */
  readonly apiKey: SecretKey;

  /** The pods under test. */
  readonly engine: Endpoint;
}

const NAME = 'flagger-loadtester';
const PORT = 8080;

/** Flagger's own pods. */
/** What calls it, and asks Prometheus how a release does. */
export const flagger: Peer = { name: 'flagger', namespace: 'flagger-system', pods: { 'app.kubernetes.io/name': 'flagger' } };

/** Sends canary pods real completions when Flagger asks for it: without traffic, an analysis has nothing to judge. */
export class LoadTester extends Construct {
  /** Where Flagger's webhooks go. */
  public readonly url: string;

  constructor(scope: Construct, { namespace, image, imagePullSecrets, servedName, apiKey, engine }: LoadTesterProps) {
    super(scope, NAME);

    const endpoint: Endpoint = {
      ...{ name: NAME, namespace, pods: stablePods(NAME), scope: this },
      ...{ host: serviceHost(NAME, namespace), port: 80, podPort: PORT },
    };
    this.url = `http://${endpoint.host}/`;
    connect(flagger, endpoint);
    connect(endpoint, engine);

    new k8s.KubeConfigMap(this, 'payload', {
      metadata: { name: `${NAME}-payload` },
      data: {
        'smoke.json': JSON.stringify({ model: servedName, prompt: 'Say hello.', max_tokens: 4 }),
        'load.json': JSON.stringify({ model: servedName, prompt: 'Name three rivers and the seas they flow into.', max_tokens: 32 }),
      },
    });
    new k8s.KubeServiceAccount(this, 'service-account', {
      metadata: { name: NAME },
      automountServiceAccountToken: false,
      imagePullSecrets: imagePullSecrets.map((name) => ({ name })),
    });
    new k8s.KubeService(this, 'service', {
      metadata: { name: NAME },
      spec: { selector: selectorOf(NAME), ports: [{ name: 'http', port: 80, targetPort: k8s.IntOrString.fromString('http') }] },
    });

    const health = { httpGet: { path: '/healthz', port: k8s.IntOrString.fromString('http') }, periodSeconds: 10, timeoutSeconds: 5 };
    const memory = k8s.Quantity.fromString('256Mi');
    new k8s.KubeDeployment(this, 'deployment', {
      metadata: { name: NAME, labels: podLabels(NAME) },
      spec: {
        replicas: 1,
        selector: { matchLabels: selectorOf(NAME) },
        template: {
          metadata: { labels: podLabels(NAME) },
          spec: {
            serviceAccountName: NAME,
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            securityContext: restrictedPod(1000),
            containers: [
              {
                name: NAME,
                image,
                // Nobody else's namespace may have commands run here.
                command: ['./loadtester', `-port=${PORT}`, '-log-level=info', '-timeout=1h', `-namespace-regexp=^${namespace}$`],
                ports: [{ name: 'http', containerPort: PORT }],
                env: [envFromSecret('ENGINE_API_KEY', apiKey), { name: 'HOME', value: '/tmp' }],
                resources: {
                  requests: { cpu: k8s.Quantity.fromString('100m'), memory },
                  limits: { cpu: k8s.Quantity.fromString('500m'), memory },
                },
                securityContext: restrictedContainer,
                livenessProbe: { ...health, failureThreshold: 6 },
                readinessProbe: health,
                volumeMounts: [
                  { name: 'payload', mountPath: '/payload', readOnly: true },
                  { name: 'scratch', mountPath: '/tmp' },
                ],
              },
            ],
            volumes: [
              { name: 'payload', configMap: { name: `${NAME}-payload` } },
              { name: 'scratch', emptyDir: { sizeLimit: k8s.Quantity.fromString('64Mi') } },
            ],
          },
        },
      },
    });
  }
}
