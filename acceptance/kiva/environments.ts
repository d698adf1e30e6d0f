import { targets as fleet } from '../../lib/environments';
import { aks, eks, gke, k3s, minikube } from '../../lib/environments/platforms';
import type { Checks } from '../acceptance';
import { allIn, argocd, dist, filesIn, has, targets, text } from '../read';
import { container } from '../workloads';

const kivaTargets = { init: 'init/germanywestcentral', dev: 'dev/germanywestcentral', prod: 'prod/germanywestcentral' };
const elementsOf = (path: string) => argocd(path).spec.generators[0].list.elements;
const isSynthesized = (platform: string) => expect(text('main.test.ts')).toMatch(new RegExp(`\\b${platform}\\b`));

function isDeployedAlone(environment: string): void {
  const [apps, foundation] = ['apps', 'foundation'].map((name) => elementsOf(`${environment}/ApplicationSet.${name}-${environment}`));
  const clusters = [...apps, ...foundation].map(({ cluster }) => cluster);
  const allowed = argocd(`${environment}/AppProject.apps-${environment}`).spec.destinations.map(({ name }: { name: string }) => name);

  expect(clusters.length).toBeGreaterThan(0);
  expect([...clusters, ...allowed].filter((cluster) => !cluster.startsWith(`${environment}-`))).toEqual([]);
}

/** Platforms, environments and how they differ. */
export const environments: Checks = {
  16: () => {
    expect(dist(`${kivaTargets.prod}/foundation/StorageClass.data-block`).provisioner).toBe('disk.csi.azure.com');
    expect(dist(`${kivaTargets.prod}/foundation/ClusterSecretStore.platform`).spec.provider.azurekv.authType).toBe('WorkloadIdentity');
    expect(fleet.filter(({ region }) => region.platform.name === 'aks').map(({ environment }) => environment)).toEqual([
      'init',
      'dev',
      'prod',
    ]);
  },

  17: () => {
    expect(dist('prod/us-west-2/foundation/StorageClass.data-block').provisioner).toBe('ebs.csi.aws.com');
    expect(dist('prod/us-west-2/foundation/ClusterSecretStore.platform').spec.provider.aws.service).toBe('SecretsManager');
  },

  18: () => {
    expect(gke.storage.block.provisioner).toBe('pd.csi.storage.gke.io');
    isSynthesized('gke');
  },

  19: () => {
    expect(minikube.loadBalancer.kind).toBe('node-port');
    isSynthesized('minikube');
  },

  20: () => {
    isSynthesized('k3s');
    expect(k3s.loadBalancer.kind).toBe('built-in');
    const platforms = [aks, eks, gke, minikube, k3s];
    expect(new Set(platforms.map(({ storage }) => storage.block.provisioner)).size).toBe(platforms.length);
    expect(platforms.map(({ registryAccess }) => registryAccess)).toEqual([
      'node-identity',
      'node-identity',
      'node-identity',
      'pull-secret',
      'pull-secret',
    ]);
    expect(platforms.map(({ secretStore }) => secretStore)).toEqual([
      'azure-key-vault',
      'aws-secrets-manager',
      'gcp-secret-manager',
      'kubernetes',
      'kubernetes',
    ]);
    expect(platforms.map(({ devicePlugin }) => devicePlugin)).toEqual(['operator', 'daemonset', 'managed', 'none', 'none']);
  },

  21: () => isDeployedAlone('dev'),
  22: () => isDeployedAlone('prod'),

  23: () => {
    const init = kivaTargets.init;
    const replicas = allIn(`dist/${init}`, 'Deployment').map(({ spec }) => spec.replicas);

    expect(elementsOf('init/ApplicationSet.foundation-init').map(({ app }: { app: string }) => app)).toEqual(['foundation']);
    for (const object of ['Namespace.kiva', 'StorageClass.data-block', 'ClusterIssuer.internal-ca', 'ClusterSecretStore.platform'])
      expect(has(`${init}/foundation/${object}`)).toBe(true);
    expect(allIn(`dist/${init}`, 'Cluster').map(({ spec }) => spec.instances)).toEqual(expect.arrayContaining([1, 1]));
    expect(new Set(replicas)).toEqual(new Set([1]));
    expect(filesIn('dist/init').filter((path) => /\/(llm|llm-models)\//.test(path))).toEqual([]);
  },

  24: () => {
    const replicasIn = (target: string) =>
      ['open-webui-backend-kiva', 'open-webui-frontend-kiva'].map((name) => dist(`${target}/kiva/Deployment.${name}`).spec.replicas);

    expect(replicasIn(kivaTargets.dev)).toEqual([1, 1]);
    expect(replicasIn(kivaTargets.prod)).toEqual([3, 3]);
    expect(replicasIn(kivaTargets.init)).toEqual([1, 1]);
    expect(dist(`${kivaTargets.dev}/litellm/Deployment.litellm`).spec.replicas).toBe(1);
    expect(dist(`${kivaTargets.init}/litellm/Deployment.litellm`).spec.replicas).toBe(1);
    expect(dist(`${kivaTargets.prod}/litellm/HorizontalPodAutoscaler.litellm`).spec.minReplicas).toBe(3);
    expect(dist(`${kivaTargets.prod}/llm/Canary.kiva-vllm`).spec.autoscalerRef.primaryScalerReplicas.minReplicas).toBe(3);
  },

  25: () => {
    const low = { requests: { cpu: '100m', memory: '512Mi' }, limits: { cpu: '1000m', memory: '2Gi' } };
    const high = { requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: '2000m', memory: '4Gi' } };
    const resourcesIn = (target: string) =>
      ['kiva/Deployment.open-webui-backend-kiva', 'litellm/Deployment.litellm'].map(
        (name) => container(dist(`${target}/${name}`)).resources,
      );

    expect(resourcesIn(kivaTargets.init)).toEqual([low, low]);
    expect(resourcesIn(kivaTargets.dev)).toEqual([low, low]);
    expect(resourcesIn(kivaTargets.prod)).toEqual([high, high]);
  },

  26: () => {
    const issuersIn = (environment: string) => [
      ...new Set(
        targets(environment).flatMap((target) => allIn(`dist/${target}/edge`, 'Certificate').map(({ spec }) => spec.issuerRef.name)),
      ),
    ];

    expect(issuersIn('dev')).toEqual(['internal-ca']);
    expect(issuersIn('init')).toEqual(['internal-ca']);
    expect(issuersIn('prod')).toEqual(['letsencrypt-prod']);
    expect(dist(`${kivaTargets.prod}/foundation/ClusterIssuer.letsencrypt-prod`).spec.acme.server).toBe(
      'https://acme-v02.api.letsencrypt.org/directory',
    );
  },
};
