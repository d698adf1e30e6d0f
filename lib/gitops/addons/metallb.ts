import { type Addon, controllerKinds, controllerRights, VALIDATING } from './addon';

/** Gives load balancers an address of the local network. */
export const metallb: Addon = {
  name: 'metallb',
  namespace: 'metallb-system',
  source: {
    kind: 'chart',
    repository: 'https://metallb.github.io/metallb',
    chart: 'metallb',
    version: '0.16.1',
    release: 'metallb',
    values: {
      // Addresses are announced on the local network (layer 2); the chart's default also installs a BGP router.
      frrk8s: { enabled: false },
    },
  },
  installs: {
    kinds: [...controllerKinds, 'apps/DaemonSet'],
    clusterKinds: [...controllerRights, VALIDATING],
    definitions: ['metallb.io', 'frrk8s.metallb.io'],
  },
};
