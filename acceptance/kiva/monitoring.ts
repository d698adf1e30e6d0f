import type { Checks } from '../acceptance';
import { callersOf } from '../network';
import { argocd, dist, exists, has, targets } from '../read';
import { varied } from '../variation';
import { container, variable } from '../workloads';

const aks = 'prod/germanywestcentral';
const watched = () => targets().filter((target) => has(`${target}/monitoring/Prometheus.prometheus`));
const pathOf = (route: string) => dist(`${aks}/monitoring/HTTPRoute.${route}`).spec.rules[0];

/** What watches KIVA, and how people reach it. */
export const monitoring: Checks = {
  27: () => {
    expect(watched()).toEqual(expect.arrayContaining([...targets('prod'), ...targets('staging'), 'dev/germanywestcentral']));
    expect(watched().filter((target) => target.startsWith('init/') || target === 'dev/local')).toEqual([]);
    expect(() => varied(aks, ({ monitoring: _, ...target }) => target)).toThrow(
      /Cannot leave out monitoring of "prod\/germanywestcentral"/,
    );
  },

  41: () => {
    const routes = { 'kiva/HTTPRoute.chat': 'open-webui-frontend-kiva', 'litellm/HTTPRoute.litellm-api': 'litellm-service' };
    for (const [route, service] of Object.entries(routes)) expect(dist(`${aks}/${route}`).spec.rules[0].backendRefs[0].name).toBe(service);
    expect(dist(`${aks}/kiva/HTTPRoute.chat`).spec.rules[1].backendRefs[0].name).toBe('open-webui-backend-kiva');
    expect(pathOf('grafana').backendRefs[0].name).toBe('prometheus-grafana');
    expect(pathOf('prometheus').backendRefs[0].name).toBe('prometheus');
  },

  42: () => {
    for (const target of watched())
      expect(dist(`${target}/monitoring/Service.prometheus`).spec.ports).toEqual([{ name: 'web', port: 9090, targetPort: 'web' }]);
  },

  43: () => {
    for (const target of watched()) {
      expect(container(dist(`${target}/monitoring/Deployment.grafana`)).ports).toEqual([{ name: 'http', containerPort: 3000 }]);
      expect(callersOf(target, 'monitoring/grafana').filter((caller) => !caller.endsWith(':3000'))).toEqual([]);
    }
  },

  44: () => {
    for (const target of watched()) {
      expect(dist(`${target}/monitoring/Service.alertmanager`).spec.ports).toEqual([{ name: 'web', port: 9093, targetPort: 'web' }]);
      expect(callersOf(target, 'monitoring/alertmanager')).toContain('monitoring/prometheus:9093');
    }
  },

  57: () => {
    const { elements } = argocd('prod/ApplicationSet.apps-prod').spec.generators[0].list;

    expect(elements).toContainEqual(
      expect.objectContaining({ app: 'monitoring', cluster: 'prod-germanywestcentral', namespace: 'monitoring' }),
    );
    expect(exists(`argocd/${aks}/Application.prometheus-prod-germanywestcentral.yaml`)).toBe(true);
  },

  76: () => {
    const grafana = dist(`${aks}/monitoring/Deployment.grafana`);

    expect(pathOf('grafana')).toMatchObject({
      matches: [{ path: { type: 'PathPrefix', value: '/grafana' } }],
      backendRefs: [{ name: 'prometheus-grafana', port: 80 }],
    });
    expect(variable(grafana, 'GF_SERVER_SERVE_FROM_SUB_PATH')).toBe('true');
    expect(variable(grafana, 'GF_SERVER_ROOT_URL')).toBe('https://kiva.example.com/grafana');
    expect(variable(grafana, 'GF_AUTH_ANONYMOUS_ENABLED')).toBe('false');
  },

  77: () => {
    const { metadata } = dist(`${aks}/monitoring/HTTPRoute.prometheus`);
    const { externalUrl, routePrefix, enableAdminAPI } = dist(`${aks}/monitoring/Prometheus.prometheus`).spec;

    expect(pathOf('prometheus')).toMatchObject({
      matches: [{ path: { type: 'PathPrefix', value: '/prometheus' } }],
      backendRefs: [{ name: 'prometheus', port: 9090 }],
    });
    expect(metadata.annotations).toMatchObject({
      'konghq.com/protocols': 'https',
      'konghq.com/plugins': expect.stringContaining('prometheus-reader'),
    });
    expect(dist(`${aks}/monitoring/KongPlugin.prometheus-reader`).plugin).toBe('basic-auth');
    expect([externalUrl, routePrefix, enableAdminAPI]).toEqual(['https://kiva.example.com/prometheus', '/', false]);
  },
};
