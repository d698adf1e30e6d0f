import { targets as fleet } from '../../lib/environments';
import { microk8s } from '../../lib/environments/platforms';
import type { Checks } from '../acceptance';
import { calleesOf, callersOf } from '../network';
import { allIn, dist, page, text, valuesOf } from '../read';
import { podOf } from '../workloads';
import { published } from './exposure';
import { local, serviceNames, targetsWithChat } from './services';

interface Element {
  readonly app: string;
  readonly region: string;
  readonly namespace: string;
}

const develop = () => page('how-to/develop-locally');

/** Parts, the ways between them, and who may take them. */
export const network: Checks = {
  12: () => {
    const declared = targetsWithChat.map((target) => allIn(`dist/${target}/gpt`, 'KongPlugin').map(({ metadata }) => metadata.name));

    for (const names of declared) expect(names).toEqual(['chat-request-size', 'chat-users', 'gpt-rate-limit', 'sign-in-request-size']);
    expect(dist('prod/eu-west-1/gpt/KongPlugin.gpt-rate-limit').config).toMatchObject({ minute: 100, limit_by: 'ip', policy: 'redis' });
    expect(dist(`${local}/foundation/GatewayClass.kong`).spec.controllerName).toBe('konghq.com/kic-gateway-controller');
    expect(dist(`${local}/edge/Gateway.public`).spec.gatewayClassName).toBe('kong');
  },
  28: () => {
    for (const target of targetsWithChat)
      for (const name of serviceNames) {
        const { spec } = dist(`${target}/gpt/Service.${name}`);

        expect([spec.type, spec.clusterIP]).toEqual([undefined, undefined]);
        expect(spec.selector).toEqual({ 'app.kubernetes.io/name': name });
      }
    expect(published()).toEqual([]);
  },
  32: () => {
    for (const target of targetsWithChat) {
      const [environment = '', place] = target.split('/');
      const elements: Element[] = allIn(`argocd/${environment}`, 'ApplicationSet').flatMap(({ spec }) => spec.generators[0].list.elements);
      const namespaceOf = (name: string) => elements.find((element) => element.app === name && element.region === place)?.namespace;

      // On a workstation monitoring is optional, and off.
      const parts = ['llm', 'gpt', ...(target === local ? [] : ['monitoring'])];
      expect(parts.map(namespaceOf)).toEqual(parts);
    }
    const nodesOf = ({ preference }: { preference: { matchExpressions: { values: string[] }[] } }) =>
      preference.matchExpressions.map(({ values }) => values[0]);
    const preferred = (pod: {
      affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [Parameters<typeof nodesOf>[0]] } };
    }) => nodesOf(pod.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0]);
    expect(preferred(podOf(dist('prod/eu-west-1/gpt/Deployment.chat-service')).spec)).toEqual(['cpu', 'api-gateway']);
    expect(preferred(dist('prod/eu-west-1/monitoring/Prometheus.prometheus').spec)).toEqual(['system', 'monitoring']);
    for (const pool of ['`cpuPool`', '`systemPool`', '`modelPool`']) expect(develop()).toContain(pool);
  },
  33: () => {
    for (const target of targetsWithChat) {
      const model = target === local ? 'llm/ollama:11434' : 'litellm/litellm:4000';
      const edges = (workload: string) => [callersOf(target, `gpt/${workload}`), calleesOf(target, `gpt/${workload}`)];
      const peers = target.startsWith('prod/') ? ['gpt/mongodb:27017'] : [];

      expect(edges('chat-service')).toEqual([['edge/kong:8003'], ['gpt/mongodb:27017', model]]);
      expect(edges('auth-service')).toEqual([['edge/kong:8002'], ['gpt/mongodb:27017']]);
      expect(edges('admin-service')).toEqual([[], []]);
      const clients = ['auth-service', 'chat-service', 'mongodb-set-up'].map((name) => `gpt/${name}:27017`);
      expect(edges('mongodb')).toEqual([[...clients, ...peers, 'monitoring/prometheus:9216'].sort(), peers]);
      // Nobody else has a way at all.
      const subjects = allIn(`dist/${target}`, 'NetworkPolicy').filter(({ metadata }) => metadata.namespace === 'gpt');
      expect([...new Set(subjects.map(({ spec }) => Object.values(spec.podSelector.matchLabels ?? { all: '*' })[0]))].sort()).toEqual([
        ...['*', 'auth-service', 'chat-service', 'gpt-redis', 'mongodb', 'mongodb-set-up'],
      ]);
      expect(dist(`${target}/foundation/gpt/NetworkPolicy.default-deny`).spec).toEqual({
        podSelector: {},
        policyTypes: ['Ingress', 'Egress'],
      });
    }
    expect(callersOf(local, 'llm/ollama')).toEqual(['gpt/chat-service:11434', 'litellm/litellm:11434']);
    expect(callersOf(local, 'edge/kong')).toContain('anyone:8000');
  },
  44: () => {
    expect(fleet.find(({ region }) => region.name === 'local')?.region.platform).toBe(microk8s);
    expect(dist(`${local}/foundation/StorageClass.data-block`).provisioner).toBe('microk8s.io/hostpath');
  },
  48: () => {
    const pluginsOf = (target: string, route: string) =>
      dist(`${target}/gpt/HTTPRoute.${route}`).metadata.annotations?.['konghq.com/plugins']?.split(',');

    for (const target of targetsWithChat) {
      expect(dist(`${target}/gpt/KongPlugin.chat-users`)).toMatchObject({
        plugin: 'jwt',
        config: { claims_to_verify: ['exp'], uri_param_names: [] },
      });
      expect(pluginsOf(target, 'chat')).toEqual(['chat-users', 'gpt-rate-limit', 'chat-request-size']);
      // Who asks for a token has none yet.
      expect(pluginsOf(target, 'sign-in')).toEqual(['gpt-rate-limit', 'sign-in-request-size']);
    }
  },
  55: () => {
    for (const target of targetsWithChat) {
      expect(dist(`${target}/foundation/KongClusterPlugin.kong-prometheus`)).toMatchObject({
        plugin: 'prometheus',
        metadata: { labels: { global: 'true' } },
      });
      expect(dist(`${target}/edge/PodMonitor.kong`).spec.podMetricsEndpoints[0]).toMatchObject({ port: 'status', path: '/metrics' });
      expect(valuesOf(target, 'kong').status.http.containerPort).toBe(8100);
      expect(callersOf(target, 'edge/kong')).toContain('monitoring/prometheus:8100');
    }
    for (const target of targetsWithChat.slice(1)) {
      expect(dist(`${target}/monitoring/Prometheus.prometheus`).spec).toMatchObject({
        podMonitorSelector: {},
        podMonitorNamespaceSelector: {},
      });
      expect(text(`dist/${target}/monitoring/ConfigMap.dashboard-kong.yaml`)).toContain('kong_http_requests_total');
    }
  },
  56: () => {
    const replicas = (name: string) => targetsWithChat.map((target) => dist(`${target}/gpt/${name}`).spec.replicas);

    for (const name of serviceNames) expect(replicas(`Deployment.${name}`)).toEqual([1, 1, 3]);
    expect(replicas('StatefulSet.mongodb')).toEqual([1, 1, 3]);
    for (const name of serviceNames) expect(dist(`prod/eu-west-1/gpt/PodDisruptionBudget.${name}`).spec.maxUnavailable).toBe(1);
  },
};
