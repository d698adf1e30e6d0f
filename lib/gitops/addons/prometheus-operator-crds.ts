import type { Addon } from './addon';

/**
 * The kinds of the Prometheus Operator: apps and addons have themselves watched everywhere, also where nobody watches. Apart from
 * the operator, so that monitoring comes and goes without a change of who owns them.
 */
export const prometheusOperatorCrds: Addon = {
  name: 'prometheus-operator-crds',
  // The kinds themselves live in no namespace. Policies name this one wherever metrics are served, so it is there before Prometheus is.
  namespace: 'monitoring',
  source: {
    kind: 'chart',
    repository: 'https://prometheus-community.github.io/helm-charts',
    chart: 'prometheus-operator-crds',
    version: '31.0.0', // of operator 0.93.0, as the Prometheus stack brings it
    release: 'prometheus-operator-crds',
    values: {},
  },
  installs: { kinds: [], clusterKinds: [], definitions: ['monitoring.coreos.com'] },
};
