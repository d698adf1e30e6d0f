import { type Addon, controllerKinds, controllerRights, MUTATING, SERVICE_MONITOR, VALIDATING } from './addon';

/** Issues and renews certificates. */
export const certManager: Addon = {
  name: 'cert-manager',
  namespace: 'cert-manager',
  source: {
    kind: 'chart',
    repository: 'https://charts.jetstack.io',
    chart: 'cert-manager',
    version: 'v1.21.1',
    release: 'cert-manager',
    values: {
      // Kept when the chart goes: with the definitions, every certificate would go.
      crds: { enabled: true, keep: true },
      // The chart's own choice is kube-system, where the project may not write.
      global: { leaderElection: { namespace: 'cert-manager' } },
      // HTTP-01 challenges are answered through the public Gateway.
      config: { apiVersion: 'controller.config.cert-manager.io/v1alpha1', kind: 'ControllerConfiguration', gatewayAPI: { enabled: true } },
      // A hook that waits for the webhook: Argo CD waits for it anyway.
      startupapicheck: { enabled: false },
      // Certificates that do not renew raise an alert.
      prometheus: { servicemonitor: { enabled: true } },
    },
  },
  installs: {
    kinds: [...controllerKinds, SERVICE_MONITOR],
    clusterKinds: [...controllerRights, MUTATING, VALIDATING],
    definitions: ['cert-manager.io', 'acme.cert-manager.io'],
  },
};
