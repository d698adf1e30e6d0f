import type { Checks } from '../acceptance';
import { allIn, argocd, dist, filesIn, page, targets, text, yamlIn } from '../read';
import { container, podOf } from '../workloads';

const registry = 'exxkiregistry.azurecr.io';
const aks = 'prod/germanywestcentral';

const elements = allIn('argocd', 'ApplicationSet').flatMap(({ spec }) => spec.generators[0].list.elements);
const foldersOfApps = [...new Set(filesIn('dist').map((path) => path.split('/').slice(1, 4).join('/')))];

/** The repository, its images and its pipeline. */
export const concept: Checks = {
  1: () => {
    const { source } = argocd('bootstrap/Application.root').spec;
    const sources = allIn('argocd', 'ApplicationSet').map(({ spec }) => spec.template.spec.source);

    expect(source.path).toBe('argocd');
    expect([...new Set(sources.map(({ path }) => path))]).toEqual(['dist/{{.environment}}/{{.region}}/{{.app}}']);
    expect([...new Set(sources.map(({ repoURL }) => repoURL))]).toEqual([source.repoURL]);
  },

  2: () => {
    expect(elements.map(({ environment, region, app }) => `${environment}/${region}/${app}`).sort()).toEqual(foldersOfApps.sort());
  },

  3: () => {
    const replicas = ['init/germanywestcentral', 'dev/germanywestcentral', aks].map(
      (target) => dist(`${target}/kiva/Deployment.open-webui-backend-kiva`).spec.replicas,
    );

    expect([...new Set(targets().map((target) => target.split('/')[0]))]).toEqual(['dev', 'init', 'prod', 'staging']);
    expect(replicas).toEqual([1, 1, 3]);
  },

  4: () => {
    const own = ['litellm/Deployment.litellm', 'kiva/Deployment.open-webui-backend-kiva', 'llm/Deployment.kiva-vllm'];

    for (const workload of own) expect(container(dist(`${aks}/${workload}`)).image).toMatch(new RegExp(`^${registry}/[a-z-]+:v\\d`));
    expect(allIn('argocd').filter(({ spec }) => JSON.stringify(spec ?? {}).includes(`oci://${registry}`))).toEqual([]);
  },

  5: () => {
    const pipeline = yamlIn('.gitlab-ci.yml');
    const scripts = JSON.stringify(pipeline);

    expect(pipeline.stages).toEqual(expect.arrayContaining(['install', 'verify', 'synth', 'validate']));
    expect(pipeline.install.script).toBe('npm ci');
    expect(pipeline.lint.script).toEqual(['npm run typecheck', 'npm run lint']);
    expect(pipeline.test.script).toMatch(/jest/);
    expect(pipeline.synth.script).toBe('npx cdk8s synth');
    expect(pipeline['diff-check'].script).toBe('npm run synth -- --check');
    expect(pipeline.validate.script).toMatch(/npm run rules/);
    expect(scripts).not.toMatch(/kubectl|helm |argocd app|KUBE/);
  },

  6: () => {
    const foundation = 'dev/local/foundation';
    const authority = dist(`${foundation}/cert-manager/Certificate.internal-ca`).spec;

    expect(dist(`${foundation}/ClusterIssuer.internal-ca-root`).spec).toEqual({ selfSigned: {} });
    expect(authority).toMatchObject({ isCA: true, secretName: 'internal-ca', issuerRef: { name: 'internal-ca-root' } });
    expect(dist(`${foundation}/ClusterIssuer.internal-ca`).spec).toEqual({ ca: { secretName: 'internal-ca' } });
    expect(dist('dev/local/edge/Certificate.kong-ssl-certs').spec.issuerRef.name).toBe('internal-ca');
  },

  7: () => {
    for (const name of ['data-block', 'model-shared']) {
      expect(dist(`${aks}/foundation/StorageClass.${name}`)).toMatchObject({
        provisioner: expect.stringMatching(/^(disk|file)\.csi\.azure\.com$/),
        parameters: { skuName: 'Premium_LRS' },
        reclaimPolicy: 'Retain',
      });
    }
    expect(dist(`${aks}/kiva/Cluster.postgresql`).spec.storage.storageClass).toBe('data-block');
    expect(dist(`${aks}/llm-models/PersistentVolumeClaim.model-store`).spec.storageClassName).toBe('model-shared');
  },

  8: () => {
    expect(page('architecture')).toContain(
      "a service's own repository builds an image into a registry → a pull request changes its pin in `releases/` → synth → Git → Argo CD → cluster",
    );
    expect(text('README.md')).toMatch(/code\["lib\/ and releases\/"\].*\n.*pull request.*\n.*argocd/);
  },

  9: () => {
    const { images, regions } = yamlIn('releases/prod.yaml');
    const repositories = Object.values({ ...images, ...regions.germanywestcentral.images }).map(
      (pin) => (pin as { repository: string }).repository,
    );

    for (const name of ['kiva-vllm', 'litellm', 'open-webui-backend-kiva', 'open-webui-frontend-kiva'])
      expect(repositories).toContain(`${registry}/${name}`);
    expect(repositories).toContain('docker.io/library/kong');
    expect(page('how-to/names')).toContain('| service repositories `api-gw`, `kiva-monitoring` | addons `kong` and `prometheus`');
    expect(allIn(`argocd/${aks}`, 'Application').map(({ spec }) => spec.source.chart)).toEqual(
      expect.arrayContaining(['kong', 'kube-prometheus-stack']),
    );
  },

  10: () => {
    const contributing = page('CONTRIBUTING.md');

    expect(contributing).toContain('Branch, edit `lib/` or `releases/`');
    expect(contributing).toContain('`npm run synth`, and read `git diff dist argocd`');
    expect(contributing).toContain('Commit code and output together, open a pull request');
  },

  11: () => {
    expect(page('CONTRIBUTING.md')).toContain('synthesizes (what others call packaging)');
    expect(yamlIn('.gitlab-ci.yml').synth).toMatchObject({ stage: 'synth', artifacts: { paths: ['dist', 'argocd'] } });
  },

  12: () => {
    const images = targets('prod').flatMap((target) =>
      allIn(`dist/${target}`).flatMap((object) => podOf(object)?.spec.containers.map(({ image }: { image: string }) => image) ?? []),
    );
    const { regions } = yamlIn('releases/prod.yaml');
    const { repository, tag, digest } = regions.germanywestcentral.images.vllm;

    expect(repository).toBe(`${registry}/kiva-vllm`);
    expect(container(dist(`${aks}/llm/Deployment.kiva-vllm`)).image).toBe(
      `${repository}:${tag}${digest === 'unresolved' ? '' : `@${digest}`}`,
    );
    expect(images.filter((image) => !/:[\w][\w.-]*\d[\w.-]*(@sha256:[0-9a-f]{64})?$/.test(image))).toEqual([]);
    expect(images.filter((image) => image.includes('@sha256:')).length).toBeGreaterThan(0);
  },

  13: () => {
    expect([...filesIn('dist'), ...filesIn('lib')].filter((path) => /(Chart|values)\.yaml$/.test(path))).toEqual([]);
    expect(text('.gitlab-ci.yml')).not.toMatch(/helm (package|push)/);
  },

  14: () => {
    expect(page('runbooks/first-installation')).toContain('kubectl --context <hub> apply --server-side -f argocd/bootstrap/');
    expect(page('runbooks/first-installation')).toContain('argocd app list');
    expect(page('runbooks/sync-fails')).toContain('argocd app get <app>-<environment>-<region>');
    expect(argocd('dev/ApplicationSet.apps-dev').spec.template.spec.syncPolicy.automated.selfHeal).toBe(true);
  },

  15: () => {
    const { repoURL } = argocd('bootstrap/Application.root').spec.source;

    expect(text('lib/repository.ts')).toContain(`url: '${repoURL}'`);
    expect(
      filesIn('lib').filter((path) => path !== 'lib/repository.ts' && !path.endsWith('.test.ts') && text(path).includes(repoURL)),
    ).toEqual([]);
  },
};
