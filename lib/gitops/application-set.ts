import type { Chart } from 'cdk8s';

import {
  type ApplicationSetSpecTemplateSpecIgnoreDifferences,
  ApplicationSetSpecSyncPolicyApplicationsSync as ApplicationsSync,
  ApplicationSet as ArgoApplicationSet,
} from '../../imports/argoproj.io';
import { applicationAnnotations, applicationLabels, applicationName, confirmRemoval, RESOURCES_FINALIZER, syncPolicy } from './application';
import type { DeliveredApp, DeliveredTarget } from './delivered';
import type { DeliveryClass } from './delivery-class';
import type { DeliverySettings } from './delivery-settings';
import { splitGroupKind } from './group-kind';
import { apps as wave } from './hub-wave';
import type { Repository } from './repository';
import { rollingSync } from './rolling-sync';

/** One app of one target. */
export interface DeliveredElement {
  readonly target: DeliveredTarget;
  readonly app: DeliveredApp;
}

/** Properties for `defineApplicationSet`. */
export interface ApplicationSetProps {
  /** Its name, and that of the AppProject its Applications belong to. */
  readonly name: string;
  readonly deliveryClass: DeliveryClass;
  readonly settings: DeliverySettings;
  readonly repository: Repository;

  /** What it delivers, in the order in which it is listed. */
  readonly elements: readonly DeliveredElement[];
}

/**
 * One Application per element. The elements are written here rather than found in Git or among the clusters, so that a new
 * region shows in the pull request that adds it, and nothing appears or disappears by the renaming of a folder.
 */
export function defineApplicationSet(chart: Chart, { name, deliveryClass, settings, repository, elements }: ApplicationSetProps): void {
  const byHand = settings.removal === 'by-hand';
  const rolling = deliveryClass === 'inference' ? settings.rollingSync : undefined;

  new ArgoApplicationSet(chart, `application-set-${name}`, {
    metadata: {
      name,
      annotations: {
        ...wave,
        ...(byHand ? confirmRemoval : {}),
        ...(rolling === undefined ? {} : { 'slipway.dev/rolling-sync': rolling.because }),
      },
    },
    spec: {
      goTemplate: true,
      // A misspelt key would otherwise become the text `<no value>` in a name or a path.
      goTemplateOptions: ['missingkey=error'],
      generators: [{ list: { elements: elements.map(listElement) } }],
      ...(rolling === undefined ? {} : { strategy: rollingSync(elements.map(({ target }) => target.ring)) }),
      syncPolicy: {
        applicationsSync: byHand ? ApplicationsSync.CREATE_HYPHEN_UPDATE : ApplicationsSync.SYNC,
        preserveResourcesOnDeletion: byHand,
      },
      template: {
        metadata: {
          name: '{{.app}}-{{.environment}}-{{.region}}',
          labels: applicationLabels({ environment: '{{.environment}}', region: '{{.region}}', app: '{{.app}}', ring: '{{.ring}}' }),
          annotations: { ...applicationAnnotations },
          ...(byHand ? {} : { finalizers: [RESOURCES_FINALIZER] }),
        },
        spec: {
          project: name,
          source: {
            repoUrl: repository.url,
            targetRevision: repository.revision,
            path: 'dist/{{.environment}}/{{.region}}/{{.app}}',
            directory: { recurse: true, include: '*.yaml' },
          },
          destination: { name: '{{.cluster}}', namespace: '{{.namespace}}' },
          revisionHistoryLimit: 10,
          // An app that holds a Canary would hold its whole sync back until the end of the analysis.
          syncPolicy: syncPolicy(deliveryClass === 'inference' ? 'at-once' : 'last'),
          ignoreDifferences: ignoredReplicas(elements),
        },
      },
    },
  });
}

/** The values of one element, all of them text: what a template without Go's types can also read. */
function listElement({ target: { environment, region, cluster, ring }, app: { name, namespace } }: DeliveredElement) {
  applicationName(name, environment, region);
  return { environment, region, cluster, app: name, namespace, ring: `${ring}` };
}

/** Flagger and autoscalers write the replicas of exactly these; Git does not. */
function ignoredReplicas(elements: readonly DeliveredElement[]): ApplicationSetSpecTemplateSpecIgnoreDifferences[] {
  const scaled = elements.flatMap(({ app }) => app.scaled).map(({ kind, namespace, name }) => `${namespace} ${name} ${kind}`);
  return [...new Set(scaled)].sort().map((workload) => {
    const [namespace, name, kind] = workload.split(' ') as [string, string, string];
    return { ...splitGroupKind(kind), namespace, name, jsonPointers: ['/spec/replicas'] };
  });
}
