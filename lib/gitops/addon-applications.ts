import { App, type Chart } from 'cdk8s';

import { Application, type ApplicationSpecSource } from '../../imports/argoproj.io';
import { AppChart } from '../kubernetes/app-chart';
import type { SynthesizedApp } from '../kubernetes/synthesized';
import type { Addon, ChartSource, FolderSource } from './addons/addon';
import { ARGOCD_NAMESPACE, applicationAnnotations, applicationLabels, applicationName, confirmRemoval, syncPolicy } from './application';
import type { DeliveredTarget } from './delivered';
import { addons as wave } from './hub-wave';

/** Name of the project of an environment's addons. */
export const addonProject = (environment: string): string => `addons-${environment}`;

/** The addons of one target as Argo CD Applications, for the folder `<environment>/<region>` of `argocd/`. */
export function defineAddons(target: DeliveredTarget): SynthesizedApp {
  const chart = new AppChart(new App(), 'addons', ARGOCD_NAMESPACE);

  for (const addon of target.addons) defineAddon(chart, target, addon);
  return { ...chart.synthesize(), name: `${target.environment}/${target.region}` };
}

/**
 * An addon's Application has no finalizer: whoever deletes it leaves the addon running. The kinds it installed would
 * otherwise go with it, and with a kind every object of it, databases and certificates included.
 */
function defineAddon(chart: Chart, target: DeliveredTarget, { name, namespace, source }: Addon): void {
  const { environment, region, cluster, ring, settings } = target;
  const application = applicationName(name, environment, region);
  const policy = syncPolicy('last');

  new Application(chart, name, {
    metadata: {
      name: application,
      labels: applicationLabels({ environment, region, app: name, ring: `${ring}` }),
      annotations: {
        ...wave,
        ...applicationAnnotations,
        ...(settings.removal === 'by-hand' ? confirmRemoval : {}),
      },
    },
    spec: {
      project: addonProject(environment),
      source: sourceOf(source),
      destination: { name: cluster, namespace },
      revisionHistoryLimit: 10,
      // Addons watch and certify each other: none waits for the kinds of another.
      syncPolicy: { ...policy, syncOptions: [...(policy.syncOptions ?? []), 'SkipDryRunOnMissingResource=true'] },
    },
  });
}

function sourceOf(source: ChartSource | FolderSource): ApplicationSpecSource {
  if (source.kind === 'folder') {
    const { repository, revision, path, exclude } = source;
    const directory = { recurse: true, include: '*.yaml', ...(exclude === undefined ? {} : { exclude }) };
    return { repoUrl: repository, targetRevision: revision, path, directory };
  }
  const { repository, chart, version, release, values, skipCrds } = source;
  return {
    repoUrl: repository,
    chart,
    targetRevision: version,
    helm: { releaseName: release, valuesObject: values, ...(skipCrds === undefined ? {} : { skipCrds }) },
  };
}
