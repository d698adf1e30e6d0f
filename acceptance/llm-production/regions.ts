import { targets as fleet } from '../../lib/environments';
import type { Region } from '../../lib/regions/region';
import type { Checks } from '../acceptance';
import { addon, argocd, dist, page, text, valuesOf } from '../read';

/** The three regions that share one host, in the order in which they receive a pin. */
export const apiTargets = ['prod/us-west-2', 'prod/eu-west-1', 'prod/us-east-1'] as const;

const host = 'api.llm-production.com';
const facts = (target: string): Region => {
  const found = fleet.find(({ environment, region }) => `${environment}/${region.name}` === target);
  if (found === undefined) throw new Error(`Cannot find the target "${target}"`);
  return found.region;
};

/** Labels of the nodes that a pod prefers. */
const preferred = (affinity: {
  nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: { preference: { matchExpressions: unknown } }[] };
}) => affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0]?.preference.matchExpressions;

const among = (type: string, workload: string) => [
  { key: 'node-type', operator: 'In', values: [type] },
  { key: 'workload-type', operator: 'In', values: [workload] },
];

/** Goals, regions and their nodes. */
export const regions: Checks = {
  1: () => {
    const target = 'prod/us-west-2';

    expect(dist(`${target}/litellm/HorizontalPodAutoscaler.litellm`).spec.maxReplicas).toBe(10);
    expect(dist(`${target}/llm/Deployment.llm-service`).spec.template.spec.containers[0].livenessProbe.httpGet.path).toBe('/health');
    expect(dist(`${target}/llm/Deployment.llm-service`).spec.template.spec.schedulerName).toBe('gpu-scheduler');
    expect(argocd('prod/ApplicationSet.apps-prod').spec.template.spec.syncPolicy.automated.selfHeal).toBe(true);
    expect(dist(`${target}/foundation/llm/ResourceQuota.quota`).spec.hard).toMatchObject({ 'requests.nvidia.com/gpu': '32', pods: '40' });
    expect(page('architecture')).toContain('| automated operation |');
  },

  2: () => {
    for (const target of apiTargets) {
      expect(dist(`${target}/edge/Gateway.public`).spec.listeners[1].hostname).toBe(host);
      expect(addon(target, 'kong').spec.destination.name).toBe(target.replace('/', '-'));
      expect(dist(`${target}/llm/Deployment.llm-service`).spec.template.spec.nodeSelector['node-type']).toBe('gpu');
      expect(dist(`${target}/litellm/Cluster.postgresql`).spec.affinity.nodeSelector['node-type']).toBe('cpu');
      expect(dist(`${target}/llm-models/PersistentVolumeClaim.model-store`).spec.storageClassName).toBe('model-shared');
    }
  },

  4: () => {
    for (const target of apiTargets) {
      const region = target.slice('prod/'.length);
      const route = dist(`${target}/edge/HTTPRoute.gateway-health`);

      expect(route.spec.hostnames).toContain(host);
      expect(route.metadata.annotations).toMatchObject({
        'external-dns.alpha.kubernetes.io/set-identifier': region,
        'external-dns.alpha.kubernetes.io/aws-region': region,
        'external-dns.alpha.kubernetes.io/aws-evaluate-target-health': 'true',
      });
      expect(valuesOf(target, 'external-dns')).toMatchObject({
        provider: { name: 'aws' },
        domainFilters: expect.arrayContaining([host]),
        txtOwnerId: `prod-${region}`,
      });
      // A region is taken out by the rights of its own role.
      expect(valuesOf(target, 'external-dns').serviceAccount.annotations['eks.amazonaws.com/role-arn']).toMatch(
        new RegExp(`:role/prod-${region}-external-dns$`),
      );
      expect(page('runbooks/evacuate-a-region')).toContain('--role-name prod-us-west-2-external-dns');
    }
  },

  5: () => {
    const { elements } = argocd('prod/ApplicationSet.inference-prod').spec.generators[0].list;

    for (const { cluster, environment, region } of elements) expect(cluster).toBe(`${environment}-${region}`);
    expect(page('how-to/names')).toContain('| cluster `production-<region>`, `llm-production` | `prod-<region>` |');
  },

  6: () => {
    const least = apiTargets.map((target) => dist(`${target}/llm/Canary.llm-service`).spec.autoscalerRef.primaryScalerReplicas.minReplicas);

    expect(least).toEqual([4, 4, 6]);
  },

  7: () => {
    expect(facts('prod/us-east-1').zones).toEqual(['us-east-1a', 'us-east-1b', 'us-east-1c']);
    for (const target of apiTargets)
      expect(dist(`${target}/llm/Deployment.llm-service`).spec.template.spec.topologySpreadConstraints[0]).toMatchObject({
        topologyKey: 'topology.kubernetes.io/zone',
        maxSkew: 1,
        whenUnsatisfiable: 'ScheduleAnyway',
      });
  },

  8: () => {
    for (const target of apiTargets)
      expect(facts(target).gpuPool).toMatchObject({
        gpusPerNode: 4,
        minNodes: 3,
        maxNodes: 12,
        labels: { 'node-type': 'gpu', 'workload-type': 'llm-inference' },
      });
    expect(page('decisions/0007-four-l40s-instead-of-four-v100')).toContain('V100');
  },

  9: () => {
    for (const target of apiTargets) {
      expect(facts(target).cpuPool).toMatchObject({
        instanceType: 'c5.4xlarge',
        minNodes: 6,
        maxNodes: 20,
        labels: { 'node-type': 'cpu', 'workload-type': 'api-gateway' },
      });
      expect(preferred(dist(`${target}/litellm/Deployment.litellm`).spec.template.spec.affinity)).toEqual(among('cpu', 'api-gateway'));
      expect(preferred(valuesOf(target, 'kong').affinity)).toEqual(among('cpu', 'api-gateway'));
    }
  },

  10: () => {
    for (const target of apiTargets) {
      expect(facts(target).systemPool).toMatchObject({
        instanceType: 't3.large',
        minNodes: 3,
        maxNodes: 6,
        labels: { 'node-type': 'system', 'workload-type': 'monitoring' },
      });
      expect(preferred(valuesOf(target, 'prometheus-adapter').affinity)).toEqual(among('system', 'monitoring'));
    }
  },

  139: () => {
    const readme = text('README.md').split('## Which part answers for what')[1]?.split('\n## ')[0] ?? '';

    for (const topic of ['Resources of GPUs and CPUs', 'Monitoring', 'Security', 'Automated operation', 'Progressive delivery'])
      expect(readme).toMatch(new RegExp(`${topic}:\\s+\`lib/`));
  },
};
