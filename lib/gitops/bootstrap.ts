import type { Chart } from 'cdk8s';

import { Application, AppProject } from '../../imports/argoproj.io';
import { ARGOCD_NAMESPACE, applicationAnnotations, syncPolicy } from './application';
import { splitGroupKind } from './group-kind';
import type { Repository } from './repository';

/** Name of the project that may write to Argo CD's own namespace, which makes it the administrator of everything. */
const PROJECT = 'argocd-bootstrap';

/** Argo CD's name for the cluster it runs in. */
const HUB = 'in-cluster';

const KINDS = [
  ...['ConfigMap', 'argoproj.io/AppProject', 'argoproj.io/Application', 'argoproj.io/ApplicationSet'],
  ...['monitoring.coreos.com/PrometheusRule', 'monitoring.coreos.com/ServiceMonitor'],
];

/**
 * What a person applies once, by hand: the Application that delivers everything else in `argocd/`, and its project. It
 * does not deliver itself, so that no commit can take away the rights by which the next one would repair it.
 */
export function defineBootstrap(chart: Chart, repository: Repository): void {
  new AppProject(chart, 'project', {
    metadata: { name: PROJECT },
    spec: {
      description: 'What configures Argo CD. No other project may deploy into its namespace',
      sourceRepos: [repository.url],
      destinations: [{ name: HUB, namespace: ARGOCD_NAMESPACE }],
      namespaceResourceWhitelist: KINDS.map(splitGroupKind),
      clusterResourceWhitelist: [],
    },
  });
  new Application(chart, 'root', {
    metadata: { name: 'root', annotations: { ...applicationAnnotations } },
    spec: {
      project: PROJECT,
      source: {
        repoUrl: repository.url,
        targetRevision: repository.revision,
        path: 'argocd',
        directory: { recurse: true, include: '*.yaml', exclude: 'bootstrap/*' },
      },
      destination: { name: HUB, namespace: ARGOCD_NAMESPACE },
      revisionHistoryLimit: 10,
      syncPolicy: syncPolicy('last'),
    },
  });
}
