import type { Addon } from './addon';

/** The kinds of the Gateway API: Kong's controllers look for them once, when they start. */
export const gatewayApi: Addon = {
  name: 'gateway-api',
  // The kinds themselves live in no namespace; an Application names one all the same.
  namespace: 'kube-system',
  source: {
    kind: 'folder',
    repository: 'https://github.com/kubernetes-sigs/gateway-api',
    revision: 'v1.6.1',
    path: 'config/crd/standard',
    // An admission policy against downgrades, of an API that clusters before Kubernetes 1.30 do not have.
    exclude: '*_vap_*',
  },
  installs: { kinds: [], clusterKinds: [], definitions: ['gateway.networking.k8s.io'] },
};
