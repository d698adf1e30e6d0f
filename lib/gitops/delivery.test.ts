import type { Target } from '../environments/environment';
import type { Manifest } from '../kubernetes/manifest';
import type { SynthesizedApp } from '../kubernetes/synthesized';
import { findFleetProblems } from '../rules/check-fleet';
import { report } from '../rules/finding';
import { FleetIndex } from '../rules/fleet-index';
import { Summaries } from '../rules/fleet-summary';
import { find } from '../testing/manifests';
import { defineAddons } from './addon-applications';
import { addonsOf } from './addons/addons';
import { deliveredTarget, type Rings } from './delivered';
import { defineDelivery } from './delivery';
import type { DeliverySettings } from './delivery-settings';
import { images, object, repository, synthesized, target } from './testing/example';

const rings: Rings = [['us-west-2'], ['eu-west-1'], ['us-east-1'], ['germanywestcentral'], ['local']];
const prod = [target('prod', 'us-west-2'), target('prod', 'eu-west-1')];
const all = [...prod, target('dev', 'local')];

function deliver(targets: readonly Target[], synthesize = synthesized): SynthesizedApp[] {
  const delivered = targets.map((one) => deliveredTarget(one, rings, synthesize(one).apps, addonsOf(one, images)));
  return [...defineDelivery(delivered, repository), ...delivered.map(defineAddons)];
}

/** What the rules about fleets find in the delivery of some targets. */
function problemsOf(targets: readonly Target[]): readonly string[] {
  const summaries = new Summaries();
  return report(findFleetProblems({ folders: deliver(targets), targets: targets.map((one) => summaries.of(synthesized(one))) }));
}

const manifestsOf = (targets: readonly Target[]): Manifest[] => deliver(targets).flatMap((folder) => folder.manifests);

test('delivers every app of every target with the rights that it needs', () => {
  expect(problemsOf([...prod, target('staging', 'eu-west-1')])).toEqual([]);
});

test('gives each environment a folder, each target one for its addons, and Argo CD three', () => {
  expect(deliver(all).map(({ name }) => name)).toEqual([
    ...['bootstrap', 'settings', 'monitoring', 'prod', 'dev'],
    ...['prod/us-west-2', 'prod/eu-west-1', 'dev/local'],
  ]);
});

test('separates what is cluster-wide, what is released by Flagger, and the rest', () => {
  const sets = manifestsOf(prod).filter(({ kind }) => kind === 'ApplicationSet');

  expect(Object.fromEntries(sets.map(({ metadata, spec }) => [metadata.name, spec.generators[0].list.elements]))).toEqual({
    'foundation-prod': [element('us-west-2', 'foundation', 'kube-system', '1'), element('eu-west-1', 'foundation', 'kube-system', '2')],
    'apps-prod': [element('us-west-2', 'litellm', 'litellm', '1'), element('eu-west-1', 'litellm', 'litellm', '2')],
    'inference-prod': [element('us-west-2', 'llm', 'llm', '1'), element('eu-west-1', 'llm', 'llm', '2')],
  });
});

function element(region: string, app: string, namespace: string, ring: string) {
  return { environment: 'prod', region, cluster: `prod-${region}`, app, namespace, ring };
}

test('syncs each region by itself, again after a failure, and without namespaces of its own making', () => {
  const { application } = rendered(prod, 'litellm-prod-us-west-2');

  expect(application.spec).toMatchObject({
    project: 'apps-prod',
    source: { path: 'dist/prod/us-west-2/litellm', directory: { recurse: true, include: '*.yaml' } },
    destination: { name: 'prod-us-west-2', namespace: 'litellm' },
    revisionHistoryLimit: 10,
    syncPolicy: {
      automated: { prune: true, selfHeal: true, allowEmpty: false },
      retry: { limit: 5, backoff: { duration: '5s', factor: 2, maxDuration: '3m' } },
      syncOptions: [
        'ServerSideApply=true',
        'RespectIgnoreDifferences=true',
        'PrunePropagationPolicy=foreground',
        'FailOnSharedResource=true',
        'PruneLast=true',
      ],
    },
  });
  expect(application.metadata.labels).toMatchObject({ 'slipway.dev/app': 'litellm', 'slipway.dev/ring': '1' });
});

test('does not make the sync of a canary wait for its own end', () => {
  expect(rendered(prod, 'llm-prod-us-west-2').application.spec.syncPolicy.syncOptions).not.toContain('PruneLast=true');
});

test('leaves the replicas of what Flagger and autoscalers scale to them, by name', () => {
  const replicas = (name: string, namespace: string) => [
    { group: 'apps', kind: 'Deployment', name, namespace, jsonPointers: ['/spec/replicas'] },
  ];
  const ignored = (name: string) => rendered(prod, name).application.spec.ignoreDifferences;

  expect(ignored('llm-prod-us-west-2')).toEqual(replicas('llm-service', 'llm'));
  expect(ignored('litellm-prod-us-west-2')).toEqual(replicas('litellm', 'litellm'));
  expect(ignored('foundation-prod-us-west-2')).toEqual([]);
});

test('keeps what runs where removal is by hand, and removes it elsewhere', () => {
  const manifests = manifestsOf(all);
  const production = find(manifests, 'ApplicationSet', 'apps-prod');
  const development = find(manifests, 'ApplicationSet', 'apps-dev');

  expect(production.spec.syncPolicy).toEqual({ applicationsSync: 'create-update', preserveResourcesOnDeletion: true });
  expect(production.metadata.annotations).toMatchObject({ 'argocd.argoproj.io/sync-options': 'Prune=confirm,Delete=confirm' });
  expect(production.spec.template.metadata.finalizers).toBeUndefined();
  expect(development.spec.syncPolicy).toEqual({ applicationsSync: 'sync', preserveResourcesOnDeletion: false });
  expect(development.spec.template.metadata.finalizers).toEqual(['resources-finalizer.argocd.argoproj.io']);
});

test('grants a project the clusters, namespaces and kinds that were synthesized, and nothing else', () => {
  const { spec } = find(manifestsOf(prod), 'AppProject', 'foundation-prod');

  expect(spec.sourceRepos).toEqual([repository.url]);
  expect(spec.destinations).toEqual([
    { name: 'prod-eu-west-1', namespace: 'kube-system' },
    { name: 'prod-eu-west-1', namespace: 'llm' },
    { name: 'prod-us-west-2', namespace: 'kube-system' },
    { name: 'prod-us-west-2', namespace: 'llm' },
  ]);
  expect(spec.namespaceResourceWhitelist).toEqual([{ group: 'networking.k8s.io', kind: 'NetworkPolicy' }]);
  expect(spec.clusterResourceWhitelist).toEqual([
    { group: '', kind: 'Namespace', name: 'llm' },
    { group: 'storage.k8s.io', kind: 'StorageClass', name: 'data-block' },
  ]);
});

test('shows what Flagger makes, but lets Git deliver no Secret', () => {
  const kinds = find(manifestsOf(prod), 'AppProject', 'inference-prod').spec.namespaceResourceWhitelist.map(
    ({ kind }: { kind: string }) => kind,
  );

  expect(kinds).toEqual(expect.arrayContaining(['Canary', 'Service', 'HTTPRoute', 'ReplicaSet', 'Pod']));
  expect(kinds).not.toContain('Secret');
});

test('freezes and announces an environment where it says so', () => {
  const { metadata, spec } = find(manifestsOf([target('prod', 'us-west-2', { delivery: frozen })]), 'AppProject', 'inference-prod');

  expect(spec.syncWindows).toEqual([
    {
      ...{ kind: 'deny', schedule: '0 16 * * 5', duration: '64h', timeZone: 'UTC', description: 'weekend' },
      ...{ applications: ['*'], manualSync: true, syncOverrun: true },
    },
  ]);
  expect(metadata.annotations).toMatchObject({ 'notifications.argoproj.io/subscribe.on-sync-failed.slack': 'llm-deployments' });
});

const frozen: DeliverySettings = {
  removal: 'by-hand',
  freeze: { schedule: '0 16 * * 5', duration: '64h', description: 'weekend' },
  channel: 'llm-deployments',
};

test('syncs inference ring by ring where an environment pays the price, and switches the order on', () => {
  const delivery: DeliverySettings = { removal: 'by-hand', rollingSync: { because: 'no region may run ahead' } };
  const rolling = prod.map((one) => ({ ...one, delivery }));
  const manifests = manifestsOf(rolling);

  expect(problemsOf(rolling)).toEqual([]);
  expect(find(manifests, 'ApplicationSet', 'inference-prod').spec.strategy.rollingSync.steps).toEqual(
    ['1', '2'].map((ring) => ({ matchExpressions: [{ key: 'slipway.dev/ring', operator: 'In', values: [ring] }], maxUpdate: 1 })),
  );
  expect(find(manifests, 'ApplicationSet', 'apps-prod').spec.strategy).toBeUndefined();
  expect(find(manifests, 'ConfigMap', 'argocd-cmd-params-cm').data).toMatchObject({
    'applicationsetcontroller.enable.progressive.syncs': 'true',
  });
});

test('lets every region sync by itself otherwise', () => {
  expect(manifestsOf(all).filter(({ spec }) => spec?.strategy !== undefined)).toEqual([]);
  expect(find(manifestsOf(all), 'ConfigMap', 'argocd-cmd-params-cm').data).not.toHaveProperty(
    'applicationsetcontroller.enable.progressive.syncs',
  );
});

test('leaves the bootstrap to the person who applies it', () => {
  const [bootstrap] = deliver(all);
  const root = find(bootstrap?.manifests ?? [], 'Application', 'root');

  expect(root.spec).toMatchObject({ project: 'argocd-bootstrap', source: { path: 'argocd', directory: { exclude: 'bootstrap/*' } } });
  expect(find(bootstrap?.manifests ?? [], 'AppProject', 'argocd-bootstrap').spec.clusterResourceWhitelist).toEqual([]);
});

test('creates settings before projects, projects before addons, and addons before apps', () => {
  const waveOf = (kind: string, name: string) =>
    Number(find(manifestsOf(prod), kind, name).metadata.annotations?.['argocd.argoproj.io/sync-wave']);
  const waves = [
    waveOf('ConfigMap', 'argocd-cm'),
    waveOf('AppProject', 'apps-prod'),
    waveOf('Application', 'kong-prod-us-west-2'),
    waveOf('ApplicationSet', 'apps-prod'),
  ];

  expect(waves).toEqual([...waves].sort((one, other) => one - other));
  expect(new Set(waves).size).toBe(4);
});

test('keeps an addon running when its Application is deleted: its kinds would take every object of them along', () => {
  const { metadata } = find(manifestsOf(all), 'Application', 'cert-manager-dev-local');

  expect(metadata).not.toHaveProperty('finalizers');
});

test.each([
  [
    'a target that is there twice',
    [...prod, ...prod],
    'Cannot deliver app "foundation" of prod/us-west-2 as "foundation-prod-us-west-2" as',
  ],
  [
    'an app called as an addon',
    prod,
    'Cannot deliver addon "kong" of prod/us-west-2 as "kong-prod-us-west-2" as app "kong" of prod/us-west-2',
    'kong',
  ],
  ['an app with a name that is no label', prod, 'Cannot deliver "Llm-prod-us-west-2" as an Application', 'Llm'],
])('fails on %s', (_, targets, message, name = 'llm-models') => {
  const synthesize: typeof synthesized = (one) => ({
    ...synthesized(one),
    apps: [...synthesized(one).apps, { name, namespace: 'llm', manifests: [] }],
  });

  expect(() => deliver(targets, synthesize)).toThrow(message);
});

test('fails on an app that holds a Canary and something cluster-wide', () => {
  const canary = object('flagger.app/v1beta1', 'Canary', 'llm', { spec: {} }, 'llm');
  const apps = [{ name: 'llm', namespace: 'llm', manifests: [canary, object('v1', 'Namespace', 'llm')] }];

  expect(() => deliver(prod, (one) => ({ ...synthesized(one), apps }))).toThrow('move Namespace/llm to another app');
});

test('fails on a region without a ring', () => {
  expect(() => deliveredTarget(target('dev', 'local'), [['us-west-2']], [], [])).toThrow(
    'Cannot deliver "dev/local" as every region has a ring: add it to one',
  );
});

function rendered(targets: readonly Target[], name: string) {
  const { applications } = new FleetIndex({ folders: deliver(targets), targets: [] });
  const found = applications.find(({ application }) => application.metadata.name === name);
  if (found === undefined) throw new Error(`Cannot find Application "${name}" as none is rendered: deliver it`);
  return found;
}
