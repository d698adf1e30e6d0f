import type { RuledFleet } from '../fleet-index';
import { Summaries } from '../fleet-summary';
import { type Draft, sampleTarget } from './sample-target';

const REGIONS = ['us-west-2', 'eu-west-1'];
const REPOSITORY = 'https://git.example.com/platform.git';
const object = (kind: string, name: string, spec: Draft, annotations: Draft = {}): Draft => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind,
  metadata: { name, namespace: 'argocd', annotations },
  spec,
});

/** What a test may do to the sample of `argocd/` before the rules read it, and to the targets that it delivers. */
export interface FleetDrafts {
  /** An object by kind and name, `AppProject/apps-prod`. */
  get(id: string): Draft;

  /** Adds objects to the environment's folder. */
  add(...objects: readonly Draft[]): void;

  /** Takes objects away. */
  remove(...ids: readonly string[]): void;

  /** The objects of an app of the first region. */
  app(name: string): Draft[];
}

/** Two regions of production, and the folders of `argocd/` that deliver them, after a change that breaks some rules. */
export function sampleFleet(change: (drafts: FleetDrafts) => void = () => {}): RuledFleet {
  const places = REGIONS.map((region) => ({ ...sampleTarget(), environment: 'prod', region }));
  const objects: Draft[] = [...projects(places[0]), ...sets(places), ...REGIONS.flatMap(addons), settings(), ...bootstrap()].map((each) =>
    structuredClone(each),
  );
  const at = (id: string): number => {
    const index = objects.findIndex(({ kind, metadata }) => `${kind}/${metadata.name}` === id);
    if (index < 0) throw new Error(`Cannot find "${id}" as the sample holds no such object: add it first`);
    return index;
  };
  change({
    get: (id) => objects[at(id)],
    add: (...added) => void objects.push(...added),
    remove: (...ids) => {
      for (const id of ids) objects.splice(at(id), 1);
    },
    app: (name) => places[0]?.apps.find((app) => app.name === name)?.manifests as Draft[],
  });
  const summaries = new Summaries();
  const isBootstrap = ({ spec }: Draft): boolean => spec?.project === 'argocd-bootstrap' || spec?.destinations?.[0]?.name === 'in-cluster';
  const folders = [
    { name: 'bootstrap', manifests: objects.filter(isBootstrap) },
    { name: 'prod', manifests: objects.filter((each) => !isBootstrap(each)) },
  ];
  return { folders, targets: places.map((place) => summaries.of(place)) };
}

/** Apps by the set that delivers them. */
const SETS: Readonly<Record<string, readonly string[]>> = {
  'foundation-prod': ['foundation'],
  'apps-prod': ['edge', 'app'],
  'inference-prod': ['llm'],
};

function sets(places: readonly Draft[]): Draft[] {
  return Object.entries(SETS).map(([name, apps]) => {
    const elements = places.flatMap(({ environment, region }) =>
      apps.map((app) => ({
        environment,
        region,
        cluster: `${environment}-${region}`,
        app,
        namespace: app === 'foundation' ? 'llm' : app,
        ring: '1',
      })),
    );
    return object(
      'ApplicationSet',
      name,
      {
        goTemplate: true,
        goTemplateOptions: ['missingkey=error'],
        generators: [{ list: { elements } }],
        syncPolicy: { applicationsSync: 'create-update', preserveResourcesOnDeletion: true },
        template: {
          metadata: { name: '{{.app}}-{{.environment}}-{{.region}}', labels: { 'slipway.dev/ring': '{{.ring}}' }, annotations: WATCHED },
          spec: {
            project: name,
            source: {
              repoURL: REPOSITORY,
              targetRevision: 'main',
              path: 'dist/{{.environment}}/{{.region}}/{{.app}}',
              directory: { recurse: true, include: '*.yaml' },
            },
            destination: { name: '{{.cluster}}', namespace: '{{.namespace}}' },
            syncPolicy: policy(name === 'inference-prod' ? [] : ['PruneLast=true']),
            ignoreDifferences: ['app/web', 'llm/model'].map((scaled) => {
              const [namespace, workload] = scaled.split('/');
              return { group: 'apps', kind: 'Deployment', namespace, name: workload, jsonPointers: ['/spec/replicas'] };
            }),
          },
        },
      },
      CONFIRM,
    );
  });
}

const WATCHED = { 'argocd.argoproj.io/manifest-generate-paths': './' };
const CONFIRM = { 'argocd.argoproj.io/sync-options': 'Prune=confirm,Delete=confirm' };

const policy = (options: readonly string[]): Draft => ({
  automated: { prune: true, selfHeal: true, allowEmpty: false },
  retry: { limit: 5, backoff: { duration: '5s', factor: 2, maxDuration: '3m' } },
  syncOptions: ['ServerSideApply=true', 'RespectIgnoreDifferences=true', 'FailOnSharedResource=true', ...options],
});

const destinations = (...namespaces: readonly string[]): Draft[] =>
  ['prod-us-west-2', 'prod-eu-west-1'].flatMap((name) => namespaces.map((namespace) => ({ name, namespace })));

const window = (): Draft => ({ kind: 'deny', schedule: '0 16 * * 5', duration: '64h', timeZone: 'UTC', applications: ['*'] });

/** Every project permits what its apps hold: read from the sample, so that more of it needs no change here. */
function projects({ apps }: Draft): Draft[] {
  const ofSets = Object.entries(SETS).map(([name, members]) => {
    const objects: Draft[] = apps.filter((app: Draft) => members.includes(app.name)).flatMap(({ manifests }: Draft) => manifests);
    const kinds = (scoped: boolean) => objects.filter(({ metadata }) => (metadata.namespace === undefined) === scoped);
    const entry = ({ apiVersion, kind }: Draft): Draft => ({ group: apiVersion.includes('/') ? apiVersion.split('/')[0] : '', kind });
    return object('AppProject', name, {
      sourceRepos: [REPOSITORY],
      destinations: destinations(...new Set(['llm', ...objects.flatMap(({ metadata }) => metadata.namespace ?? [])])),
      namespaceResourceWhitelist: kinds(false).map(entry),
      clusterResourceWhitelist: kinds(true).map((each) => ({ ...entry(each), name: each.metadata.name })),
      syncWindows: [window()],
    });
  });
  const addons = object('AppProject', 'addons-prod', {
    sourceRepos: [CHARTS, GATEWAY_API],
    destinations: destinations('edge'),
    namespaceResourceWhitelist: [{ group: '', kind: 'Secret' }],
    syncWindows: [window()],
  });
  return [...ofSets, addons];
}

const CHARTS = 'https://charts.example.com';
const GATEWAY_API = 'https://github.com/kubernetes-sigs/gateway-api';
const ADDONS = [
  'kong',
  'cert-manager',
  'cloudnative-pg',
  'external-secrets',
  'flagger',
  'prometheus-operator-crds',
  'kube-prometheus-stack',
];

/** What the charts are told, where apps count on it. */
const VALUES: Readonly<Record<string, object>> = {
  'cert-manager': { crds: { enabled: true } },
  'kube-prometheus-stack': { crds: { enabled: false } },
  flagger: { selectorLabels: 'app.kubernetes.io/name', metricsServer: 'http://prometheus-operated.edge:9090' },
  kong: {
    image: { repository: 'docker.io/library/kong', tag: '3.9.1' },
    replicaCount: 2,
    podLabels: { 'slipway.dev/workload': 'kong' },
    status: { http: { containerPort: 8100 } },
    lifecycle: { preStop: { exec: { command: ['kong', 'quit', '--wait=15', '--timeout=630'] } } },
    terminationGracePeriodSeconds: 650,
  },
};

function addons(region: string): Draft[] {
  const charts = ADDONS.map((chart) => [
    chart,
    { repoURL: CHARTS, chart, targetRevision: '1.44.0', helm: { valuesObject: VALUES[chart] ?? {} } },
  ]);
  const folder = ['gateway-api', { repoURL: GATEWAY_API, path: 'config/crd', targetRevision: 'v1.6.1', directory: { recurse: true } }];
  return [...charts, folder].map(([name, source]) =>
    object(
      'Application',
      `${name}-prod-${region}`,
      {
        project: 'addons-prod',
        source,
        destination: { name: `prod-${region}`, namespace: 'edge' },
        syncPolicy: policy(['PruneLast=true']),
      },
      CONFIRM,
    ),
  );
}

/** What a person applies once. */
const bootstrap = (): Draft[] => [
  object('AppProject', 'argocd-bootstrap', {
    sourceRepos: [REPOSITORY],
    destinations: [{ name: 'in-cluster', namespace: 'argocd' }],
    namespaceResourceWhitelist: [
      ...['AppProject', 'ApplicationSet', 'Application'].map((kind) => ({ group: 'argoproj.io', kind })),
      { group: '', kind: 'ConfigMap' },
    ],
  }),
  object(
    'Application',
    'root',
    {
      project: 'argocd-bootstrap',
      source: {
        repoURL: REPOSITORY,
        targetRevision: 'main',
        path: 'argocd',
        directory: { recurse: true, include: '*.yaml', exclude: 'bootstrap/*' },
      },
      destination: { name: 'in-cluster', namespace: 'argocd' },
      syncPolicy: policy(['PruneLast=true']),
    },
    WATCHED,
  ),
];

const settings = (): Draft => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'argocd-cm', namespace: 'argocd' },
  data: {
    'application.resourceTrackingMethod': 'annotation',
    'resource.customizations.health.flagger.app_Canary': [
      'local tracked = obj.status.trackedConfigs',
      'if obj.status.phase == "Failed" then return { status = "Degraded" } end',
      'if obj.status.phase == "Succeeded" then return { status = "Healthy" } end',
      'return { status = "Progressing" }',
    ].join('\n'),
  },
});
