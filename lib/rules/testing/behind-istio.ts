import type { Draft, Drafts } from './sample-target';

const WAITS = { 'argocd.argoproj.io/sync-options': 'SkipDryRunOnMissingResource=true' };
const KEPT = { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' };
const ENFORCED = { 'pod-security.kubernetes.io/enforce': 'restricted' };
const INGRESS = 'istio-ingress';
const pods = { istio: 'ingressgateway' };

const object = (apiVersion: string, kind: string, namespace: string, spec: Draft): Draft => ({
  ...{ apiVersion, kind, metadata: { name: 'models', namespace, annotations: { ...WAITS } }, spec },
});

/** Publishes the web server of the sample through Istio's gateway as well, on a host of its own, to whoever brings a token. */
export function behindIstio({ add }: Drafts): void {
  const selector = { matchLabels: pods };
  const hosts = ['app/models.example.com'];
  const objects: Draft[] = [
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: INGRESS, labels: ENFORCED, annotations: KEPT },
    },
    object('cert-manager.io/v1', 'Certificate', INGRESS, {
      secretName: 'models-tls',
      dnsNames: ['models.example.com'],
      issuerRef: { kind: 'ClusterIssuer', name: 'internal' },
    }),
    object('networking.istio.io/v1', 'Gateway', INGRESS, {
      selector: pods,
      servers: [
        { hosts, port: { number: 80, name: 'http', protocol: 'HTTP' }, tls: { httpsRedirect: true } },
        { hosts, port: { number: 443, name: 'https', protocol: 'HTTPS' }, tls: { mode: 'SIMPLE', credentialName: 'models-tls' } },
      ],
    }),
    object('security.istio.io/v1', 'RequestAuthentication', INGRESS, {
      selector,
      jwtRules: [
        {
          ...{ issuer: 'https://login.example.com', audiences: ['models'], jwksUri: 'https://login.example.com/keys' },
          fromHeaders: [{ name: 'Authorization', prefix: 'Bearer ' }],
        },
      ],
    }),
    object('security.istio.io/v1', 'AuthorizationPolicy', INGRESS, {
      selector,
      action: 'DENY',
      rules: [
        {
          from: [{ source: { notRequestPrincipals: ['https://login.example.com/*'] } }],
          to: [{ operation: { notPorts: ['80'] } }],
        },
      ],
    }),
    object('networking.istio.io/v1', 'VirtualService', 'app', {
      gateways: [`${INGRESS}/models`],
      hosts: ['models.example.com'],
      http: [
        {
          match: [{ uri: { exact: '/v1/models/iris' } }, { uri: { prefix: '/v1/models/iris/' } }],
          route: [{ destination: { host: 'web.app.svc.cluster.local', port: { number: 80 } } }],
          ...{ timeout: '70s', retries: { attempts: 1 } },
        },
      ],
    }),
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'web-from-istio', namespace: 'app' },
      spec: {
        podSelector: { matchLabels: { 'slipway.dev/workload': 'web' } },
        policyTypes: ['Ingress'],
        ingress: [
          {
            from: [
              {
                namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': INGRESS } },
                podSelector: { matchLabels: pods },
              },
            ],
            ports: [{ port: 8080 }],
          },
        ],
      },
    },
  ];
  add(...objects.map((each) => structuredClone(each)));
}
