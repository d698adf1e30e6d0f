import type { Checks } from '../acceptance';
import { calleesOf, callersOf } from '../network';
import { addon, allIn, dist, filesIn, page, targets, text, valuesOf } from '../read';
import { app, local, targetsWithChat } from './services';

const develop = () => page('how-to/develop-locally');
const services = () => targets().flatMap((target) => allIn(`dist/${target}`, 'Service'));
export const published = () => services().filter(({ spec }) => spec.type === 'LoadBalancer' || spec.type === 'NodePort');
const hosts = () => dist(`${local}/edge/Gateway.public`).spec.listeners.flatMap(({ hostname }: { hostname?: string }) => hostname ?? []);

/** What is reached from outside, by which address, and what is not. */
export const exposure: Checks = {
  15: () => {
    expect(dist(`${local}/edge/NetworkPolicy.kong-from-anyone`).spec.ingress[0].ports[0].port).toBe(8000);
    for (const target of targetsWithChat) {
      const { admin, env } = valuesOf(target, 'kong');

      // The chart's own default: 127.0.0.1, for the controller beside it.
      expect([admin, env.admin_listen, env.admin_gui_listen]).toEqual([undefined, undefined, 'off']);
      expect(callersOf(target, 'edge/kong').filter((caller) => /:(8001|8444)$/.test(caller))).toEqual([]);
    }
  },
  16: () => {
    for (const target of targetsWithChat) {
      const { env, postgresql } = valuesOf(target, 'kong');

      expect([postgresql, ...Object.keys(env).filter((name) => /^(database|pg_)/.test(name))]).toEqual([undefined]);
      expect(calleesOf(target, 'edge/kong').filter((callee) => callee.endsWith(':5432'))).toEqual([]);
    }
  },
  22: () => {
    for (const command of [
      'kubectl -n gpt port-forward svc/chat-service 8003',
      'kubectl get applications -n argocd',
      'Register the cluster as `dev-local` and apply what [first installation](../runbooks/first-installation.md) says',
      'argocd app sync gpt-dev-local',
      'MetalLB gives Kong an address of `addressPool`',
      'Write it into the hosts file',
    ])
      expect(develop()).toContain(command);
  },
  23: () => {
    const { proxy } = valuesOf(local, 'kong');

    expect(proxy.http.nodePort).toBe(30800);
    expect(published()).toEqual([]);
    const ports = filesIn('argocd').flatMap((path) => [...text(path).matchAll(/nodePort: (\d+)/gi)].map(([, port]) => `${path} ${port}`));
    expect(ports).toEqual([`argocd/${local}/Application.kong-dev-local.yaml 30800`]);
  },
  24: () => {
    const { spec } = dist(`${local}/foundation/metallb-system/IPAddressPool.local-network`);

    expect(spec.addresses).toEqual(['10.64.140.43-10.64.140.49']);
    expect(dist(`${local}/foundation/metallb-system/L2Advertisement.local-network`).spec.ipAddressPools).toEqual(['local-network']);
    expect(valuesOf(local, 'kong').proxy.type).toBe('LoadBalancer');
  },
  34: () => {
    expect(valuesOf(local, 'kong').proxy).toMatchObject({ type: 'LoadBalancer', http: { nodePort: 30800 } });
    expect(dist(`${local}/edge/NetworkPolicy.kong-from-anyone`).spec.ingress[0].ports).toContainEqual({ port: 8000, protocol: 'TCP' });
  },
  35: () => {
    expect([...filesIn('argocd'), ...filesIn('dist')].filter((path) => /\b30801\b/.test(text(path)))).toEqual([]);
    expect(
      services().filter(
        ({ metadata, spec }) => metadata.namespace === 'edge' && spec.ports.some(({ port }: { port: number }) => port === 8001),
      ),
    ).toEqual([]);
    expect(page('how-to/names')).toContain(
      "| `ollama.local`, NodePort 31434, NodePort 30801 | none: Ollama and Kong's admin API know no passwords",
    );
  },
  36: () => {
    expect([...filesIn('argocd'), ...filesIn('dist')].filter((path) => /\b31434\b/.test(text(path)))).toEqual([]);
    expect(dist(`${local}/llm/Service.ollama`).spec.type).toBeUndefined();
    expect(allIn(`dist/${local}/llm`, 'HTTPRoute')).toEqual([]);
  },
  37: () => {
    const { listeners } = dist(`${local}/edge/Gateway.public`).spec;
    const chat = listeners.find(({ hostname }: { hostname?: string }) => hostname === 'chat.local.test');

    expect(chat).toMatchObject({ port: 443, protocol: 'HTTPS', tls: { mode: 'Terminate', certificateRefs: [{ name: 'gpt-tls' }] } });
    expect(dist(`${local}/edge/Certificate.gpt-tls`).spec).toMatchObject({
      ...{
        secretName: 'gpt-tls',
        dnsNames: ['chat.local.test', 'kong.local.test'],
        issuerRef: { kind: 'ClusterIssuer', name: 'internal-ca' },
      },
    });
    for (const target of targetsWithChat)
      for (const route of ['chat', 'sign-in'])
        expect(dist(`${target}/gpt/HTTPRoute.${route}`).metadata.annotations).toMatchObject({
          'konghq.com/protocols': 'https',
          'konghq.com/https-redirect-status-code': '308',
        });
  },
  38: () => {
    expect(hosts()).toContain('kong.local.test');
    expect(dist(`${app}/HTTPRoute.chat`).spec.parentRefs).toContainEqual({
      name: 'public',
      namespace: 'edge',
      sectionName: 'kong.local.test',
    });
    expect(develop()).toContain(`10.64.140.43 ${hosts().join(' ')}`); // every host of the gateway, in its order
    const reserved = [...filesIn('dist'), ...filesIn('argocd')].filter((path) => /\b(kong|chat|ollama)\.local(?![.\w-])/.test(text(path)));
    expect(reserved).toEqual([]);
  },
  39: () => {
    const { hostnames, rules } = dist(`${app}/HTTPRoute.chat`).spec;

    expect(hostnames).toContain('chat.local.test');
    expect(rules[0].backendRefs).toEqual([{ name: 'chat-service', port: 8003 }]);
    expect(dist(`${app}/HTTPRoute.chat`).metadata.annotations?.['konghq.com/plugins']).toContain('chat-users');
  },
  40: () => {
    expect(hosts().filter((host: string) => host.includes('ollama'))).toEqual([]);
    const backends = allIn(`dist/${local}`, 'HTTPRoute')
      .flatMap(({ spec }) => spec.rules)
      .flatMap(({ backendRefs = [] }) => backendRefs);
    expect(backends.filter(({ name }: { name: string }) => name === 'ollama')).toEqual([]);
  },
  46: () => expect(addon(local, 'metallb').spec.source.chart).toBe('metallb'),
  47: () => {
    expect(addon(local, 'kong').spec.source.chart).toBe('kong');
    expect(filesIn('argocd').filter((path) => path.includes('ingress-nginx'))).toEqual([]);
  },
  54: () => {
    const { proxy } = valuesOf('prod/eu-west-1', 'kong');

    expect(proxy).toMatchObject({ type: 'LoadBalancer', nameOverride: 'kong-gateway-service' });
    expect(proxy.http?.nodePort).toBeUndefined();
    expect(proxy.annotations).toMatchObject({ 'service.beta.kubernetes.io/aws-load-balancer-type': 'external' });
    expect(dist('prod/eu-west-1/gpt/HTTPRoute.chat').spec.hostnames).toEqual(['chat.llm-production.com']);
  },
};
