import { type Addon, controllerKinds, controllerRights, MUTATING, POD_MONITOR, VALIDATING } from './addon';

/** Runs PostgreSQL clusters. */
export const cloudNativePg: Addon = {
  name: 'cloudnative-pg',
  namespace: 'cnpg-system',
  source: {
    kind: 'chart',
    repository: 'https://cloudnative-pg.github.io/charts',
    chart: 'cloudnative-pg',
    // Of operator 1.30.0. With 1.31 it no longer archives by itself: first comes the plugin, see docs/decisions/0018-backups-by-kind-of-data.md.
    version: '0.29.0',
    release: 'cnpg',
    values: {
      // A database that nobody operates raises an alert.
      monitoring: { podMonitorEnabled: true },
      resources: { requests: { cpu: '100m', memory: '200Mi' }, limits: { memory: '200Mi' } },
    },
  },
  installs: {
    kinds: [...controllerKinds, POD_MONITOR],
    clusterKinds: [...controllerRights, MUTATING, VALIDATING],
    definitions: ['postgresql.cnpg.io'],
  },
};
