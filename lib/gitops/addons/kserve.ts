import type { MlSettings } from '../../ml/ml-settings';
import { type Addon, controllerKinds, controllerRights, MUTATING, VALIDATING } from './addon';

/** One version of kinds and controller: a controller that is older drops fields that it does not know. */
const VERSION = 'v0.20.0';

const chart = { kind: 'chart', repository: 'ghcr.io/kserve/charts', version: VERSION } as const;

/** KServe's kinds, apart from its controller: with them every model would go. */
export const kserveCrds: Addon = {
  name: 'kserve-crds',
  namespace: 'kserve',
  source: { ...chart, chart: 'kserve-crd', release: 'kserve-crds', values: {} },
  installs: { kinds: [], clusterKinds: [], definitions: ['serving.kserve.io'] },
};

/** Runs predictive models: makes Deployments of them, or Services of Knative. */
export const kserve = (mode: MlSettings['mode']): Addon => ({
  name: 'kserve',
  namespace: 'kserve',
  source: {
    ...chart,
    chart: 'kserve-resources',
    release: 'kserve',
    values: {
      kserve: {
        controller: {
          // Models say it themselves; this is for one that does not.
          deploymentMode: mode,
          gateway: {
            // Routes are ours: with tokens, limits and timeouts.
            disableIngressCreation: true,
            disableIstioVirtualHost: true,
          },
          // Prometheus reads it without a token of the API server.
          metricsBindAddress: '0.0.0.0',
          resources: { requests: { cpu: '100m', memory: '300Mi' }, limits: { cpu: '1', memory: '300Mi' } },
        },
        // With its registry: policies compare whole names.
        storage: { image: 'docker.io/kserve/storage-initializer', tag: VERSION },
        // Nothing that predicts has business with the API server.
        security: { autoMountServiceAccountToken: false },
      },
    },
  },
  installs: {
    kinds: [...controllerKinds, 'cert-manager.io/Certificate', 'cert-manager.io/Issuer'],
    clusterKinds: [...controllerRights, MUTATING, VALIDATING, 'serving.kserve.io/ClusterStorageContainer'],
    definitions: [],
  },
});
