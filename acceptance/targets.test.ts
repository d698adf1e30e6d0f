import { parse } from 'yaml';

import { targets as fleet } from '../lib/environments';
import { allIn, dist, has, text, valuesOf } from './read';
import { container } from './workloads';

const environments = ['init', 'dev', 'staging', 'prod'];
const names = environments.flatMap((environment) =>
  fleet.filter((target) => target.environment === environment).map(({ region }) => `${environment}/${region.name}`),
);
const regionOf = (name: string) => fleet.find(({ environment, region }) => `${environment}/${region.name}` === name)?.region;

/** Rows of a table of the page, by their first cell. */
function table(title: string): Map<string, readonly string[]> {
  const section = text('docs/requirements.md').split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
  const rows = [...section.matchAll(/^\| (.+) \|$/gm)].map(([, row = '']) => row.split(' | ').map((cell) => cell.trim()));
  return new Map(rows.slice(1).map(([first = '', ...cells]) => [first.replaceAll('`', ''), cells]));
}

/** What is the same in several targets, or each of it. */
const distinct = (values: readonly string[]): string => [...new Set(values)].join(', ') || '–';
const range = (min: number, max: number): string => (min === max ? `${min}` : `${min} to ${max}`);

function replicasOf(target: string, workload: string): string[] {
  const [app = '', name = ''] = workload.split('/');
  if (!has(`${target}/${app}/Deployment.${name}`)) return [];
  if (!has(`${target}/${app}/HorizontalPodAutoscaler.${name}`)) return [`${dist(`${target}/${app}/Deployment.${name}`).spec.replicas}`];
  const { minReplicas, maxReplicas } = dist(`${target}/${app}/HorizontalPodAutoscaler.${name}`).spec;
  return [range(minReplicas, maxReplicas)];
}

function enginesOf(target: string): string {
  const [canary] = allIn(`dist/${target}`, 'Canary');
  if (canary !== undefined) {
    const { minReplicas, maxReplicas } = canary.spec.autoscalerRef.primaryScalerReplicas;
    return range(minReplicas, maxReplicas);
  }
  const engine = allIn(`dist/${target}`, 'Deployment').find((one) => container(one).resources.limits['nvidia.com/gpu'] !== undefined);
  if (engine !== undefined) return `${engine.spec.replicas}`;
  return has(`${target}/llm/Deployment.ollama`) ? 'Ollama, on processors' : 'none';
}

const certificatesOf = (target: string): string => {
  const [name = ''] = allIn(`dist/${target}/edge`, 'Certificate').map(({ spec }): string => spec.issuerRef.name);
  if (name === 'internal-ca') return 'internal CA';
  const dns = dist(`${target}/foundation/ClusterIssuer.${name}`).spec.acme.solvers.some(({ dns01 }: { dns01?: object }) => dns01);
  return `${name}${dns ? ', DNS-01' : ''}`;
};
const sizesOf = (target: string): string =>
  container(dist(`${target}/litellm/Deployment.litellm`)).resources.requests.memory === '1Gi' ? 'high' : 'low';
const backupsOf = (target: string): string => (has(`${target}/backup/Schedule.daily`) ? 'daily' : 'none');
const publishedBy = (target: string): string => {
  const { proxy } = valuesOf(target, 'kong');
  const pool = has(`${target}/foundation/metallb-system/IPAddressPool.local-network`);
  return `${pool ? 'MetalLB' : proxy.type}${proxy.http?.nodePort === undefined ? '' : ` and NodePort ${proxy.http.nodePort}`}`;
};
const tracesOf = (target: string): string[] => {
  if (!has(`${target}/monitoring/ConfigMap.otel-collector-config`)) return [];
  const { policies } = parse(dist(`${target}/monitoring/ConfigMap.otel-collector-config`).data['config.yaml']).processors.tail_sampling;
  return policies.flatMap(({ probabilistic }: { probabilistic?: { sampling_percentage: number } }) =>
    probabilistic === undefined ? [] : [`${probabilistic.sampling_percentage} %`],
  );
};
const instancesOf = (target: string): string[] => allIn(`dist/${target}`, 'Cluster').map(({ spec }) => `${spec.instances}`);
const membersOf = (target: string): string[] =>
  allIn(`dist/${target}`, 'StatefulSet')
    .filter(({ metadata }) => metadata.name.endsWith('redis'))
    .map(({ spec }) => `${spec.replicas}`);
const modelVolumeOf = (target: string): string[] =>
  has(`${target}/llm-models/PersistentVolumeClaim.model-store`)
    ? [dist(`${target}/llm-models/PersistentVolumeClaim.model-store`).spec.resources.requests.storage]
    : [];
const releaseOf = (target: string): string[] => {
  if (enginesOf(target) === 'none') return [];
  return allIn(`dist/${target}`, 'Canary').length > 0 ? ['canary'] : ['without analysis'];
};
const meshOf = (target: string): string[] => allIn(`dist/${target}`, 'PeerAuthentication').map(({ spec }) => spec.mtls.mode.toLowerCase());

const settings: Record<string, (target: string) => string[]> = {
  'chat: pages and API': (target) => ['frontend', 'backend'].flatMap((part) => replicasOf(target, `kiva/open-webui-${part}-kiva`)),
  LiteLLM: (target) => replicasOf(target, 'litellm/litellm'),
  'CodeLab: gateway': (target) => replicasOf(target, 'codelab/gateway'),
  'CodeLab: agent runtime': (target) => replicasOf(target, 'codelab/agent-runtime'),
  'CodeLab: auth service, LLM proxy': (target) => ['auth-service', 'llm-proxy'].flatMap((name) => replicasOf(target, `codelab/${name}`)),
  'GPT services': (target) => replicasOf(target, 'gpt/chat-service'),
  'PostgreSQL, instances': instancesOf,
  'Redis, members': membersOf,
  'volume of models': modelVolumeOf,
  'published by': (target) => [publishedBy(target)],
  'release of engines': releaseOf,
  'mutual TLS': meshOf,
  'traces kept, beside failed and slow ones': tracesOf,
};

test.each(names)('the table of targets says what %s is', (name) => {
  expect(table('Targets').get(name)).toEqual([
    ...[regionOf(name)?.platform.name, enginesOf(name), has(`${name}/monitoring/Prometheus.prometheus`) ? 'on' : 'off'],
    ...[certificatesOf(name), backupsOf(name), sizesOf(name)],
  ]);
});

test.each(Object.keys(settings))('the table of differences says how environments differ in: %s', (setting) => {
  const found = environments.map((environment) =>
    distinct(names.filter((name) => name.startsWith(`${environment}/`)).flatMap((name) => settings[setting]?.(name) ?? [])),
  );

  expect(table('Differences between environments').get(setting)).toEqual(found);
});

test('the tables have a row for each target and each difference, and no other', () => {
  expect([...table('Targets').keys()]).toEqual(names);
  expect([...table('Differences between environments').keys()]).toEqual(Object.keys(settings));
});
