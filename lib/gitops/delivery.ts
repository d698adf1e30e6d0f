import { App, type Chart } from 'cdk8s';

import { AppChart } from '../kubernetes/app-chart';
import type { SynthesizedApp } from '../kubernetes/synthesized';
import { addonProject } from './addon-applications';
import { defineAppProject } from './app-project';
import { ARGOCD_NAMESPACE, applicationName } from './application';
import { type DeliveredElement, defineApplicationSet } from './application-set';
import { defineBootstrap } from './bootstrap';
import type { DeliveredTarget } from './delivered';
import { classOf, type DeliveryClass, deliveryClasses } from './delivery-class';
import { defineHubMonitoring } from './hub-monitoring';
import { defineHubSettings } from './hub-settings';
import type { Repository } from './repository';

const DESCRIPTIONS: Readonly<Record<DeliveryClass, string>> = {
  foundation: 'What a cluster offers to the apps on it',
  apps: 'Apps, which stay in their namespaces',
  inference: 'Inference services, which Flagger releases',
};

/**
 * What configures Argo CD, by folder of `argocd/`: what bootstraps it, its settings, and the projects and ApplicationSets of
 * each environment. The addons of each target are in folders of their own (`defineAddons`).
 *
 * @throws {RangeError} if two Applications or two folders would have the same name
 */
export function defineDelivery(targets: readonly DeliveredTarget[], repository: Repository): SynthesizedApp[] {
  refuseSameNames(targets);
  const environments = [...new Set(targets.map(({ environment }) => environment))];
  const settings = targets.map((target) => target.settings);
  return [
    folder('bootstrap', (chart) => defineBootstrap(chart, repository)),
    folder('settings', (chart) => defineHubSettings(chart, settings)),
    folder('monitoring', defineHubMonitoring),
    ...environments.map((environment) =>
      folder(environment, (chart) => {
        const ofEnvironment = targets.filter((target) => target.environment === environment);
        for (const deliveryClass of deliveryClasses) defineClass(chart, deliveryClass, ofEnvironment, repository);
        defineAddonProject(chart, environment, ofEnvironment);
      }),
    ),
  ];
}

function folder(name: string, define: (chart: Chart) => void): SynthesizedApp {
  // Argo CD reads its settings from ConfigMaps that call themselves a part of it.
  const chart = new AppChart(new App(), 'argocd', ARGOCD_NAMESPACE);

  define(chart);
  return { ...chart.synthesize(), name };
}

/** The project and the ApplicationSet of one class; neither without something to deliver. */
function defineClass(chart: Chart, deliveryClass: DeliveryClass, targets: readonly DeliveredTarget[], repository: Repository): void {
  const elements = targets.flatMap((target): DeliveredElement[] =>
    target.apps.filter((app) => classOf(app) === deliveryClass).map((app) => ({ target, app })),
  );
  if (elements[0] === undefined) return;
  const { environment, settings } = elements[0].target;
  const name = `${deliveryClass}-${environment}`;

  defineAppProject(chart, {
    name,
    description: `${DESCRIPTIONS[deliveryClass]}: ${environment}`,
    settings,
    sourceRepos: [repository.url],
    destinations: elements.flatMap(({ target: { cluster }, app }) => app.namespaces.map((namespace) => ({ cluster, namespace }))),
    kinds: elements.flatMap(({ app }) => app.kinds),
    clusterKinds: elements.flatMap(({ app }) => app.clusterScoped),
    // The foundation's own namespace is kube-system, where the cluster manages itself.
    orphans: deliveryClass === 'foundation' ? 'hidden' : 'shown',
  });
  defineApplicationSet(chart, { name, deliveryClass, settings, repository, elements });
}

function defineAddonProject(chart: Chart, environment: string, targets: readonly DeliveredTarget[]): void {
  const addons = targets.flatMap(({ cluster, addons: ofTarget }) => ofTarget.map((addon) => ({ cluster, ...addon })));
  const settings = targets[0]?.settings;
  if (settings === undefined || addons.length === 0) return;

  defineAppProject(chart, {
    name: addonProject(environment),
    description: `Controllers of others, from their charts: ${environment}`,
    settings,
    sourceRepos: addons.map(({ source }) => source.repository),
    destinations: addons.flatMap(({ cluster, namespace, installs }) =>
      [namespace, ...(installs.kubeSystem === true ? ['kube-system'] : []), ...(installs.alsoIn ?? [])].map((name) => ({
        cluster,
        namespace: name,
      })),
    ),
    kinds: addons.flatMap(({ installs }) => installs.kinds),
    clusterKinds: addons.flatMap(({ installs: { clusterKinds, definitions } }) => [
      ...clusterKinds.map((kind) => ({ kind })),
      ...definitions.map((group) => ({ kind: 'apiextensions.k8s.io/CustomResourceDefinition', name: `*.${group}` })),
    ]),
    // Charts leave much beside what Git holds, above all in kube-system.
    orphans: 'hidden',
  });
}

function refuseSameNames(targets: readonly DeliveredTarget[]): void {
  const taken = new Map<string, string>();
  const take = (name: string, what: string) => {
    const other = taken.get(name);
    if (other !== undefined) throw new RangeError(`Cannot deliver ${what} as "${name}" as ${other} has that name: rename one of them`);
    taken.set(name, what);
  };
  for (const { environment, region, apps, addons } of targets) {
    for (const { name } of apps) take(applicationName(name, environment, region), `app "${name}" of ${environment}/${region}`);
    for (const { name } of addons) take(applicationName(name, environment, region), `addon "${name}" of ${environment}/${region}`);
  }
  take('bootstrap', 'the root Application');
  take('settings', "Argo CD's settings");
  take('monitoring', 'what watches Argo CD');
  for (const environment of new Set(targets.map((target) => target.environment))) take(environment, `environment "${environment}"`);
}
