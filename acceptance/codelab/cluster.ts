import { targets as fleet } from '../../lib/environments';
import type { Manifest } from '../../lib/kubernetes/manifest';
import { quantity } from '../../lib/rules/quantity';
import type { Checks } from '../acceptance';
import { calleesOf, callersOf } from '../network';
import { addon, allIn, dist, filesIn, page, targets, valuesOf } from '../read';
import { container, podOf } from '../workloads';

/** Where CodeLab runs in production. */
export const production = 'prod/eu-west-1';
export const app = `${production}/codelab`;
export const services = ['gateway', 'agent-runtime', 'auth-service', 'llm-proxy'] as const;

const region = () => fleet.find((target) => target.environment === 'prod' && target.region.name === 'eu-west-1')?.region;
const requestsOf = (workload: Manifest, count: number) =>
  podOf(workload).spec.containers.map(({ resources }: { resources: { requests: object } }) => ({ count, requests: resources.requests }));
const scaler = (name: string) => dist(`${app}/HorizontalPodAutoscaler.${name}`).spec;

/** Goals, nodes, parts and the ways between them. */
export const cluster: Checks = {
  1: () => {
    expect(dist(`${app}/Cluster.postgres`).spec).toMatchObject({ instances: 3, enablePDB: true, priorityClassName: 'platform-critical' });
    for (const name of services) {
      const constraints = dist(`${app}/Deployment.${name}`).spec.template.spec.topologySpreadConstraints;

      expect(constraints.map(({ topologyKey }: { topologyKey: string }) => topologyKey)).toContain('topology.kubernetes.io/zone');
      expect(scaler(name).minReplicas).toBeGreaterThanOrEqual(2);
    }
  },

  2: () => {
    for (const name of services) {
      const { spec } = dist(`${app}/Deployment.${name}`);

      expect(spec.strategy).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } });
      expect(container(dist(`${app}/Deployment.${name}`)).livenessProbe.httpGet.port).toBe('http');
      expect(dist(`${app}/PodDisruptionBudget.${name}`).spec.maxUnavailable).toBe(1);
      expect(scaler(name).scaleTargetRef).toMatchObject({ kind: 'Deployment', name });
    }
  },

  3: () => expect(page('runbooks/first-installation')).toContain('Kubernetes 1.27 or newer'),
  4: () => expect(region()?.cpuPool.minNodes).toBeGreaterThanOrEqual(3),
  5: () => expect(region()?.cpuPool.memoryGiB).toBeGreaterThanOrEqual(16),
  6: () => expect(region()?.cpuPool.cpus).toBeGreaterThanOrEqual(4),

  7: () => {
    const database = dist(`${app}/Cluster.postgres`).spec;
    const cache = dist(`${app}/StatefulSet.redis`);
    const parts: { count: number; requests: Record<string, string> }[] = [
      ...services.flatMap((name) => requestsOf(dist(`${app}/Deployment.${name}`), scaler(name).minReplicas)),
      ...requestsOf(cache, cache.spec.replicas),
      { count: database.instances, requests: database.resources.requests },
    ];
    const least = (resource: string) => parts.reduce((sum, { count, requests }) => sum + count * quantity(requests[resource]), 0);

    expect(least('cpu')).toBeCloseTo(11.03);
    expect(least('cpu')).toBeLessThanOrEqual(3 * 4);
    expect(least('memory')).toBeLessThanOrEqual(3 * 16e9);
    expect(page('how-to/operate-codelab')).toContain('Three nodes with 4 processors, 16 GB and 100 GB of storage hold it');
  },

  8: () => {
    expect(page('CONTRIBUTING.md')).toContain('to look at clusters also `kubectl` and `argocd`');
    expect(addon(production, 'cert-manager').spec.source.chart).toBe('cert-manager');
    expect(filesIn(`argocd/${production}`).filter((path) => path.includes('ingress-nginx'))).toEqual([]);
  },

  9: () => expect(scaler('gateway').minReplicas).toBe(3),
  10: () => expect(scaler('agent-runtime').minReplicas).toBe(3),
  11: () => expect(scaler('auth-service').minReplicas).toBe(2),
  12: () => expect(scaler('llm-proxy').minReplicas).toBe(2),

  13: () => {
    const { metadata, spec } = dist(`${app}/Cluster.postgres`);

    expect(spec.storage).toMatchObject({ size: '50Gi', storageClass: 'data-block' });
    expect(metadata.annotations?.['argocd.argoproj.io/sync-options']).toContain('Prune=false,Delete=false');
  },

  14: () => expect(dist(`${app}/StatefulSet.redis`).spec).toMatchObject({ serviceName: 'redis', replicas: 3 }),
  15: () => expect(dist(`${app}/Cluster.postgres`).spec.storage.size).toBe('50Gi'),

  16: () => {
    const { spec } = dist(`${app}/StatefulSet.redis`);

    expect(spec.volumeClaimTemplates[0].spec.resources.requests.storage).toBe('10Gi');
    expect(spec.persistentVolumeClaimRetentionPolicy).toEqual({ whenDeleted: 'Retain', whenScaled: 'Retain' });
  },

  17: () => expect(callersOf(production, 'codelab/gateway')).toContain('edge/kong:8000'),
  18: () => expect(callersOf(production, 'codelab/auth-service')).toContain('edge/kong:8003'),
  19: () => expect(callersOf(production, 'codelab/agent-runtime')).toContain('codelab/gateway:8001'),
  20: () => expect(callersOf(production, 'codelab/llm-proxy')).toContain('codelab/agent-runtime:4000'),

  21: () =>
    expect(calleesOf(production, 'codelab/agent-runtime')).toEqual([
      'codelab/llm-proxy:4000',
      'codelab/postgres:5432',
      'codelab/redis:6379',
    ]),

  22: () => expect(calleesOf(production, 'codelab/auth-service')).toEqual(['codelab/postgres:5432', 'codelab/redis:6379']),

  23: () => {
    expect(calleesOf(production, 'codelab/gateway')).toEqual([
      'codelab/agent-runtime:8001',
      'codelab/auth-service:8003',
      'codelab/postgres:5432',
    ]);
    expect(calleesOf(production, 'codelab/llm-proxy')).toEqual(['0.0.0.0/0:443', 'edge/kong-internal:8000']);

    const callers = (workload: string) =>
      callersOf(production, `codelab/${workload}`).filter((caller) => !/^(cnpg-system|monitoring)\//.test(caller));
    expect(callers('gateway')).toEqual(['edge/kong:8000']);
    expect(callers('auth-service')).toEqual(['codelab/gateway:8003', 'edge/kong:8003']);
    expect(callers('agent-runtime')).toEqual(['codelab/gateway:8001']);
    expect(callers('llm-proxy')).toEqual(['codelab/agent-runtime:4000']);
    expect(callers('redis')).toEqual(['agent-runtime', 'auth-service', 'redis'].map((name) => `codelab/${name}:6379`));
    expect(callers('postgres')).toEqual(['agent-runtime', 'auth-service', 'gateway', 'postgres'].map((name) => `codelab/${name}:5432`));
  },

  24: () => {
    expect(dist(`${production}/foundation/Namespace.codelab`).metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'restricted',
    });
    expect(new Set(allIn(`dist/${app}`).map(({ metadata }) => metadata.namespace))).toEqual(new Set(['codelab']));
  },

  25: () => {
    const { targetRevision, chart } = addon(production, 'cert-manager').spec.source;

    expect([chart, targetRevision]).toEqual(['cert-manager', expect.stringMatching(/^v1\.\d+\.\d+$/)]);
  },

  26: () => {
    const namespaces = targets().flatMap((target) => allIn(`dist/${target}/foundation`, 'Namespace').map(({ metadata }) => metadata.name));

    expect(namespaces).not.toContain('ingress-nginx');
    expect(valuesOf(production, 'kong').ingressController.ingressClass).toBe('kong');
    expect(addon(production, 'kong').spec.destination.namespace).toBe('edge');
  },

  27: () => expect(dist(`${app}/HTTPRoute.codelab-ingress`).spec.hostnames).toEqual(['codelab.example.com']),

  28: () =>
    expect(targets('prod').filter((target) => filesIn(`dist/${target}`).some((path) => path.includes('/codelab/Deployment.')))).toEqual([
      production,
    ]),

  29: () => {
    for (const name of ['gateway', 'agent-runtime', 'auth-service'])
      expect(container(dist(`${app}/Deployment.${name}`)).image).toMatch(new RegExp(`^ghcr\\.io/codelab/${name}:1\\.`));
  },

  30: () => {
    for (const name of services) expect(container(dist(`${app}/Deployment.${name}`)).imagePullPolicy).toBe('IfNotPresent');
  },
};
