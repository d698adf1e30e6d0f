import { type Addon, controllerKinds, controllerRights, SERVICE_MONITOR, VALIDATING } from './addon';

/** Brings secret values from the target's store into the cluster. */
export const externalSecrets: Addon = {
  name: 'external-secrets',
  namespace: 'external-secrets',
  source: {
    kind: 'chart',
    repository: 'https://charts.external-secrets.io',
    chart: 'external-secrets',
    version: '2.9.0',
    release: 'external-secrets',
    values: {
      // Nothing here writes to a store, so the controller may not either.
      processPushSecret: false,
      processClusterPushSecret: false,
      // A secret that is not delivered raises an alert.
      serviceMonitor: { enabled: true },
    },
  },
  installs: {
    kinds: [...controllerKinds, SERVICE_MONITOR],
    clusterKinds: [...controllerRights, VALIDATING],
    definitions: ['external-secrets.io', 'generators.external-secrets.io'],
  },
};
