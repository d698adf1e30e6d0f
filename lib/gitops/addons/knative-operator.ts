import { type Addon, controllerKinds, controllerRights } from './addon';

/** Installs Knative Serving with its gateway, as the foundation asks it to. */
export const knativeOperator: Addon = {
  name: 'knative-operator',
  namespace: 'knative-serving',
  source: {
    kind: 'chart',
    repository: 'https://knative.github.io/operator',
    chart: 'knative-operator',
    version: 'v1.21.1',
    release: 'knative-operator',
    values: {},
  },
  installs: { kinds: controllerKinds, clusterKinds: controllerRights, definitions: ['operator.knative.dev'] },
};
