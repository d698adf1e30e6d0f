import { targets as fleet } from '../../lib/environments';
import type { Checks } from '../acceptance';
import { allIn, argocd, dist, filesIn, has, page, text, yamlIn } from '../read';
import { container } from '../workloads';

const aks = 'prod/germanywestcentral';
const waveOf = (path: string) => Number(dist(path).metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0);

/** Whether an app has an Application of its own, so that it is synced alone. */
function hasApplication(environment: string, set: string, app: string, cluster: string): void {
  const { generators, template } = argocd(`${environment}/ApplicationSet.${set}-${environment}`).spec;

  expect(template.metadata.name).toBe('{{.app}}-{{.environment}}-{{.region}}');
  expect(template.spec.source.path).toBe('dist/{{.environment}}/{{.region}}/{{.app}}');
  expect(generators[0].list.elements).toContainEqual(expect.objectContaining({ app, cluster }));
}

/** Whether what runs in dev is what its pin says. */
function runsItsPin(image: string, workload: string): void {
  const { images, regions } = yamlIn('releases/dev.yaml');
  const { repository, tag, digest } = regions.germanywestcentral.images[image] ?? images[image];

  expect(container(dist(`dev/germanywestcentral/${workload}`)).image).toBe(
    `${repository}:${tag}${digest === 'unresolved' ? '' : `@${digest}`}`,
  );
  expect(page('how-to/upgrade-an-image')).toContain('Change `tag`, set `digest: unresolved`');
}

/** What must be there first, how it is installed, and how one part changes. */
export const prerequisites: Checks = {
  45: () => expect(page('runbooks/first-installation')).toContain('Kubernetes 1.27 or newer'),

  46: () => {
    const production = fleet.filter(({ environment }) => environment === 'prod');
    const { spec } = dist(`${aks}/kiva/Deployment.open-webui-backend-kiva`).spec.template;

    expect(production.filter(({ region }) => region.cpuPool.minNodes < 3 || region.zones.length < 3)).toEqual([]);
    expect(spec.topologySpreadConstraints.map(({ topologyKey }: { topologyKey: string }) => topologyKey)).toEqual([
      'topology.kubernetes.io/zone',
      'kubernetes.io/hostname',
    ]);
    expect(dist(`${aks}/kiva/PodDisruptionBudget.open-webui-backend-kiva`).spec.maxUnavailable).toBe(1);
    expect(dist(`${aks}/kiva/Cluster.postgresql`).spec).toMatchObject({ instances: 3, enablePDB: true });
  },

  47: () => {
    const local = filesIn('dist/dev/local').filter((path) => text(path).includes('nvidia.com/gpu'));

    expect(local).toEqual([]);
    expect(has('dev/local/llm/Deployment.ollama')).toBe(true);
    expect(container(dist('dev/germanywestcentral/llm/Deployment.kiva-vllm')).resources.limits['nvidia.com/gpu']).toBe('1');
  },

  48: () => {
    const contributing = page('CONTRIBUTING.md');

    expect(contributing).toContain('You need Node.js 20 or newer, npm and git; to look at clusters also `kubectl` and `argocd`');
    expect(contributing).toContain('On macOS `brew install node git`');
    expect(contributing).toContain('`npm ci` installs the rest, the cdk8s CLI included');
  },

  49: () => expect(page('runbooks/image-pull-back-off')).toContain('--attach-acr exxkiregistry'),

  50: () => {
    for (const namespace of ['kiva', 'litellm', 'llm'])
      expect(dist(`dev/local/foundation/${namespace}/ExternalSecret.acr-secret`).spec.target).toMatchObject({
        name: 'acr-secret',
        template: { type: 'kubernetes.io/dockerconfigjson' },
      });
    const accounts = ['kiva', 'litellm', 'llm'].flatMap((app) => allIn(`dist/dev/local/${app}`, 'ServiceAccount'));
    expect(accounts.filter(({ imagePullSecrets }) => imagePullSecrets[0]?.name !== 'acr-secret')).toEqual([]);
    expect(filesIn(`dist/${aks}`).filter((path) => path.includes('acr-secret'))).toEqual([]);
  },

  51: () =>
    expect(dist(`${aks}/foundation/StorageClass.data-block`)).toMatchObject({
      provisioner: 'disk.csi.azure.com',
      parameters: { skuName: 'Premium_LRS' },
      reclaimPolicy: 'Retain',
      volumeBindingMode: 'WaitForFirstConsumer',
      allowVolumeExpansion: true,
    }),

  52: () => {
    const kinds = allIn('dist/init/germanywestcentral/foundation').map(({ kind, metadata }) => `${kind}/${metadata.name}`);

    expect(kinds).toEqual(expect.arrayContaining(['Namespace/kiva', 'StorageClass/data-block']));
  },

  53: () =>
    expect(dist(`${aks}/foundation/Namespace.kiva`).metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'restricted',
      'pod-security.kubernetes.io/audit': 'restricted',
      'pod-security.kubernetes.io/warn': 'restricted',
    }),

  54: () => {
    const init = 'init/germanywestcentral';
    const order = [
      `${init}/foundation/Namespace.kiva`,
      `${init}/foundation/ClusterSecretStore.platform`,
      `${init}/kiva/ExternalSecret.open-webui-secrets`,
      `${init}/kiva/Cluster.postgresql`,
      `${init}/kiva/Job.open-webui-migration`,
      `${init}/kiva/Deployment.open-webui-backend-kiva`,
      `${init}/kiva/HTTPRoute.chat`,
    ];

    expect(order.map(waveOf)).toEqual([-5, -4, -3, -2, -1, 0, 1]);
    expect(waveOf(`${init}/foundation/StorageClass.data-block`)).toBe(-5);
    expect(waveOf(`${init}/foundation/kiva/NetworkPolicy.default-deny`)).toBe(-5);
  },

  55: () => hasApplication('dev', 'apps', 'litellm', 'dev-germanywestcentral'),

  56: () => {
    hasApplication('dev', 'apps', 'llm', 'dev-germanywestcentral');
    hasApplication('prod', 'inference', 'llm', 'prod-germanywestcentral');
  },

  58: () => {
    expect(yamlIn('.gitlab-ci.yml')['diff-check'].script).toBe('npm run synth -- --check');
    expect(page('runbooks/sync-fails')).toContain('argocd app diff <app>-<environment>-<region>');
    expect(page('how-to/upgrade-an-image')).toContain('git diff dist');
    expect(text('__snapshots__/main.test.ts.snap')).toContain('kind: Deployment');
  },

  59: () => {
    for (const set of allIn('argocd', 'ApplicationSet'))
      expect(set.spec.template.spec).toMatchObject({
        source: { targetRevision: 'main' },
        syncPolicy: { automated: { prune: true, selfHeal: true } },
      });
    expect(page('CONTRIBUTING.md')).toContain('Argo CD pulls what is merged');
  },

  60: () => {
    expect(page('how-to/promote-a-pin')).toContain('argocd app wait llm-prod-us-west-2 --health');
    expect(page('how-to/promote-a-pin')).toContain('kubectl -n llm get canary llm-service');
  },

  61: () => runsItsPin('litellm', 'litellm/Deployment.litellm'),
  62: () => runsItsPin('vllm', 'llm/Deployment.kiva-vllm'),
};
