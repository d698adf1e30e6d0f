import { targets as fleet } from '../../lib/environments';
import { microk8s } from '../../lib/environments/platforms';
import type { Checks } from '../acceptance';
import { calleesOf, callersOf } from '../network';
import { addon, allIn, argocd, dist, filesIn, page, targets, text, valuesOf } from '../read';
import { podOf, variable } from '../workloads';
import { app, local, serviceNames, targetsWithChat } from './services';

const develop = () => page('how-to/develop-locally');
const services = () => targets().flatMap((target) => allIn(`dist/${target}`, 'Service'));
const published = () => services().filter(({ spec }) => spec.type === 'LoadBalancer' || spec.type === 'NodePort');
const hosts = () => dist(`${local}/edge/Gateway.public`).spec.listeners.flatMap(({ hostname }: { hostname?: string }) => hostname ?? []);

/** Kong, the way of a request, and what is published. */
export const network: Checks = {
  12: () => {
    expect(allIn(`dist/${app}`, 'KongPlugin').length).toBeGreaterThanOrEqual(3);
    expect(dist(`${local}/foundation/GatewayClass.kong`).spec.controllerName).toBe('konghq.com/kic-gateway-controller');
    expect(dist(`${local}/edge/Gateway.public`).spec.gatewayClassName).toBe('kong');
  },
  15: () => {
    expect(dist(`${local}/edge/NetworkPolicy.kong-from-anyone`).spec.ingress[0].ports[0].port).toBe(8000);
    expect(valuesOf(local, 'kong').env.admin_gui_listen).toBe('off');
    expect(callersOf(local, 'edge/kong').filter((caller) => caller.endsWith(':8001'))).toEqual([]);
  },
  16: () => {
    const { env } = valuesOf(local, 'kong');

    expect(Object.keys(env).filter((name) => /^(database|pg_)/.test(name))).toEqual([]);
    expect(calleesOf(local, 'edge/kong').filter((callee) => callee.endsWith(':5432'))).toEqual([]);
  },
  22: () => {
    for (const command of [
      'kubectl -n gpt port-forward svc/chat-service 8003',
      'kubectl get applications -n argocd',
      'Write it into the hosts file',
    ])
      expect(develop()).toContain(command);
  },
  23: () => {
    const { proxy } = valuesOf(local, 'kong');

    expect(proxy.http.nodePort).toBe(30800);
    expect(published()).toEqual([]);
    expect(filesIn(`argocd/${local}`).filter((path) => /nodePort: (30801|31434)/.test(text(path)))).toEqual([]);
  },
  24: () => {
    const { spec } = dist(`${local}/foundation/metallb-system/IPAddressPool.local-network`);

    expect(spec.addresses).toEqual(['10.64.140.43-10.64.140.49']);
    expect(dist(`${local}/foundation/metallb-system/L2Advertisement.local-network`).spec.ipAddressPools).toEqual(['local-network']);
    expect(valuesOf(local, 'kong').proxy.type).toBe('LoadBalancer');
  },
  28: () => {
    for (const name of serviceNames) expect([undefined, 'ClusterIP']).toContain(dist(`${app}/Service.${name}`).spec.type);
    expect(published()).toEqual([]);
  },
  33: () => {
    expect(callersOf(local, 'gpt/chat-service').filter((caller) => !caller.startsWith('monitoring/'))).toEqual(['edge/kong:8003']);
    expect(calleesOf(local, 'gpt/chat-service')).toEqual(['gpt/mongodb:27017', 'llm/ollama:11434']);
    expect(calleesOf(local, 'gpt/admin-service')).toEqual([]);
    expect(callersOf(local, 'gpt/admin-service').filter((caller) => !caller.startsWith('monitoring/'))).toEqual([]);
    expect(dist(`${local}/foundation/gpt/NetworkPolicy.default-deny`).spec.policyTypes).toEqual(['Ingress', 'Egress']);
  },
  34: () => {
    expect(valuesOf(local, 'kong').proxy).toMatchObject({ type: 'LoadBalancer', http: { nodePort: 30800 } });
    expect(dist(`${local}/edge/NetworkPolicy.kong-from-anyone`).spec.ingress[0].ports).toContainEqual({ port: 8000, protocol: 'TCP' });
  },
  35: () => expect(filesIn('argocd').filter((path) => text(path).includes('30801'))).toEqual([]),
  36: () => {
    expect(filesIn('argocd').filter((path) => text(path).includes('31434'))).toEqual([]);
    expect(callersOf(local, 'llm/ollama').filter((caller) => !/^(litellm|gpt|monitoring)\//.test(caller))).toEqual([]);
  },
  37: () => {
    const { listeners } = dist(`${local}/edge/Gateway.public`).spec;
    const chat = listeners.find(({ hostname }: { hostname?: string }) => hostname === 'chat.local.test');

    expect(chat).toMatchObject({ port: 443, protocol: 'HTTPS', tls: { mode: 'Terminate' } });
    expect(dist(`${app}/HTTPRoute.chat`).metadata.annotations).toMatchObject({ 'konghq.com/protocols': 'https' });
  },
  38: () => expect(hosts()).toContain('kong.local.test'),
  39: () => {
    const { hostnames, rules } = dist(`${app}/HTTPRoute.chat`).spec;

    expect(hostnames).toContain('chat.local.test');
    expect(rules[0].backendRefs).toEqual([{ name: 'chat-service', port: 8003 }]);
    expect(dist(`${app}/HTTPRoute.chat`).metadata.annotations?.['konghq.com/plugins']).toContain('chat-users');
  },
  40: () => expect(hosts().filter((host: string) => host.includes('ollama'))).toEqual([]),
  44: () => {
    expect(fleet.find(({ region }) => region.name === 'local')?.region.platform).toBe(microk8s);
    expect(dist(`${local}/foundation/StorageClass.data-block`).provisioner).toBe('microk8s.io/hostpath');
  },
  46: () => expect(addon(local, 'metallb').spec.source.chart).toBe('metallb'),
  47: () => {
    expect(addon(local, 'kong').spec.source.chart).toBe('kong');
    expect(filesIn('argocd').filter((path) => path.includes('ingress-nginx'))).toEqual([]);
  },
  48: () => {
    expect(dist(`${app}/KongPlugin.chat-users`).plugin).toBe('jwt');
    for (const target of targetsWithChat)
      expect(dist(`${target}/gpt/HTTPRoute.chat`).metadata.annotations?.['konghq.com/plugins']).toContain('chat-users');
  },
  54: () => {
    const { proxy } = valuesOf('prod/eu-west-1', 'kong');

    expect(proxy).toMatchObject({ type: 'LoadBalancer', nameOverride: 'kong-gateway-service' });
    expect(proxy.http?.nodePort).toBeUndefined();
    expect(dist('prod/eu-west-1/gpt/HTTPRoute.chat').spec.hostnames).toEqual(['chat.llm-production.com']);
  },
  55: () => {
    for (const target of targetsWithChat) {
      expect(dist(`${target}/foundation/KongClusterPlugin.kong-prometheus`)).toMatchObject({
        plugin: 'prometheus',
        metadata: { labels: { global: 'true' } },
      });
      expect(dist(`${target}/edge/PodMonitor.kong`).spec.podMetricsEndpoints[0]).toMatchObject({ port: 'status', path: '/metrics' });
    }
  },
  56: () => {
    const replicas = targetsWithChat.map((target) => dist(`${target}/gpt/Deployment.chat-service`).spec.replicas);

    expect(replicas[0]).toBe(1);
    expect(replicas.at(-1)).toBe(3);
  },
  32: () => {
    const elements = argocd('dev/ApplicationSet.apps-dev').spec.generators[0].list.elements.filter(
      ({ region }: { region: string }) => region === 'local',
    );

    expect(elements.find(({ app: name }: { app: string }) => name === 'llm')).toMatchObject({ namespace: 'llm' });
    expect(elements.find(({ app: name }: { app: string }) => name === 'gpt')).toMatchObject({ namespace: 'gpt' });
    expect(podOf(dist('prod/eu-west-1/gpt/Deployment.chat-service')).spec.affinity.nodeAffinity).toBeDefined();
    expect(develop()).toContain('## Run parts on other machines');
    expect(variable(dist(`${app}/Deployment.chat-service`), 'LLM_BASE_URL')).toContain('ollama.llm.svc');
  },
};
