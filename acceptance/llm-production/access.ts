import type { Checks } from '../acceptance';
import { calleesOf, callersOf } from '../network';
import { allIn, dist, page, targets } from '../read';
import { podOf } from '../workloads';
import { apiTargets } from './regions';

/** A listener of a Gateway. */
interface Listener {
  readonly hostname?: string;
  readonly tls?: { readonly certificateRefs: readonly { readonly name: string }[] };
}

const writes = ['*', 'create', 'delete', 'deletecollection', 'patch', 'update'];
const everything = () => allIn('dist');
const operator = 'llm-service-operator';

/** Network, certificates and rights. */
export const access: Checks = {
  80: () => {
    for (const target of targets('prod')) expect(dist(`${target}/foundation/Namespace.monitoring`).metadata.name).toBe('monitoring');
  },

  100: () => {
    for (const target of apiTargets) {
      expect(dist(`${target}/foundation/llm/NetworkPolicy.default-deny`).spec).toEqual({
        podSelector: {},
        policyTypes: ['Ingress', 'Egress'],
      });
      expect(
        allIn(`dist/${target}`, 'NetworkPolicy').filter(({ spec }) => spec.podSelector.matchLabels?.environment !== undefined),
      ).toEqual([]);
    }
  },

  101: () => {
    for (const target of apiTargets)
      expect(callersOf(target, 'llm/llm-service')).toEqual([
        'edge/kong-internal:8000',
        'llm/flagger-loadtester:8000',
        'monitoring/prometheus:8000',
      ]);
  },

  102: () => {
    for (const target of apiTargets) {
      expect(calleesOf(target, 'litellm/litellm')).toEqual(expect.arrayContaining(['litellm/postgresql:5432', 'litellm/redis:6379']));
      for (const namespace of ['edge', 'litellm', 'llm'])
        expect(dist(`${target}/foundation/${namespace}/NetworkPolicy.allow-dns`).spec.egress).toEqual([
          {
            ports: [
              { port: 53, protocol: 'UDP' },
              { port: 53, protocol: 'TCP' },
            ],
            to: [
              {
                namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
                podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
              },
            ],
          },
        ]);
    }
  },

  103: () => {
    for (const target of apiTargets) expect(calleesOf(target, 'llm/llm-service')).toEqual(['monitoring/otel-collector:4317']);
  },

  104: () => {
    for (const target of apiTargets)
      expect(dist(`${target}/foundation/ClusterIssuer.letsencrypt-prod`).spec.acme).toMatchObject({
        server: 'https://acme-v02.api.letsencrypt.org/directory',
        email: 'platform@llm-production.com',
        privateKeySecretRef: { name: 'letsencrypt-prod' },
      });
  },

  105: () => {
    const { solvers } = dist('prod/germanywestcentral/foundation/ClusterIssuer.letsencrypt-prod').spec.acme;

    expect(solvers).toHaveLength(1);
    expect(solvers[0].http01.gatewayHTTPRoute.parentRefs).toEqual([
      { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'public', namespace: 'edge', sectionName: 'http' },
    ]);
    expect(dist('prod/germanywestcentral/edge/Gateway.public').spec.gatewayClassName).toBe('kong');
  },

  106: () => {
    for (const target of apiTargets) {
      const { solvers } = dist(`${target}/foundation/ClusterIssuer.letsencrypt-prod`).spec.acme;

      // Others are for single hosts outside of the zone.
      expect(solvers.filter(({ dns01 }: { dns01?: unknown }) => dns01 !== undefined)).toHaveLength(1);
      expect(solvers[0]).toMatchObject({
        dns01: { cloudflare: { apiTokenSecretRef: { name: 'cloudflare-api-token-secret', key: 'api-token' } } },
        selector: { dnsZones: ['llm-production.com'] },
      });
      expect(dist(`${target}/foundation/cert-manager/ExternalSecret.cloudflare-api-token-secret`)).toMatchObject({
        metadata: { namespace: 'cert-manager' },
        spec: { data: [{ secretKey: 'api-token' }] },
      });
    }
  },

  107: () => {
    for (const target of apiTargets) {
      const { secretName, dnsNames, duration, renewBefore } = dist(`${target}/edge/Certificate.llm-api-cert`).spec;
      const hosts = dist(`${target}/edge/Gateway.public`).spec.listeners.flatMap((listener: Listener) =>
        listener.tls?.certificateRefs.some(({ name }) => name === secretName) ? [listener.hostname] : [],
      );

      expect(secretName).toBe('llm-api-tls');
      expect(dnsNames).toEqual(hosts);
      expect(dnsNames).toEqual(['api.llm-production.com', `${target.slice('prod/'.length)}.api.llm-production.com`]);
      expect([duration, renewBefore]).toEqual([undefined, undefined]);
    }
  },

  108: () => {
    for (const target of apiTargets) {
      const { rules } = dist(`${target}/foundation/llm/Role.service-reader`);
      const { roleRef, subjects } = dist(`${target}/foundation/llm/RoleBinding.service-reader`);

      expect(rules).toEqual([
        { apiGroups: [''], resources: ['endpoints', 'pods', 'services'], verbs: ['get', 'list', 'watch'] },
        { apiGroups: ['apps'], resources: ['deployments', 'statefulsets'], verbs: ['get', 'list', 'watch'] },
        { apiGroups: ['metrics.k8s.io'], resources: ['pods'], verbs: ['get', 'list'] },
      ]);
      expect(roleRef).toMatchObject({ kind: 'Role', name: 'service-reader' });
      expect(subjects[0]).toMatchObject({ kind: 'Group', name: 'slipway-service-readers' });
    }
  },

  109: () => {
    const mighty = apiTargets
      .flatMap((target) => [...allIn(`dist/${target}`, 'Role'), ...allIn(`dist/${target}`, 'ClusterRole')])
      .filter(({ rules }) =>
        rules.some(
          ({ verbs, resources }: { verbs: string[]; resources: string[] }) =>
            verbs.some((verb) => writes.includes(verb)) &&
            resources.some((resource) => ['*', 'secrets', 'pods', 'deployments'].includes(resource)),
        ),
      );

    expect(mighty.map(({ metadata }) => metadata.name)).toEqual([]);
  },

  110: () => {
    for (const target of apiTargets) {
      const bindings = [...allIn(`dist/${target}`, 'RoleBinding'), ...allIn(`dist/${target}`, 'ClusterRoleBinding')].filter(
        ({ subjects }) => subjects.some(({ name }: { name: string }) => name === operator),
      );

      expect(bindings).toEqual([dist(`${target}/foundation/llm/RoleBinding.service-reader`)]);
      expect(bindings[0]?.subjects).toContainEqual({ kind: 'ServiceAccount', name: operator, namespace: 'llm' });
    }
  },

  111: () => {
    for (const target of apiTargets) {
      const pod = dist(`${target}/llm/Deployment.llm-service`).spec.template.spec;

      expect(dist(`${target}/llm/ServiceAccount.llm-service`).automountServiceAccountToken).toBe(false);
      expect(pod).toMatchObject({ serviceAccountName: 'llm-service', automountServiceAccountToken: false });
    }
  },

  112: () => {
    for (const target of apiTargets) {
      expect(dist(`${target}/foundation/llm/ServiceAccount.${operator}`)).toMatchObject({
        metadata: { namespace: 'llm' },
        automountServiceAccountToken: false,
      });
      expect(allIn(`dist/${target}`).filter((object) => podOf(object)?.spec.serviceAccountName === operator)).toEqual([]);
    }
    expect(page('how-to/names')).toContain(`kubectl -n llm create token ${operator}`);
  },

  113: () => {
    const tokens = everything().filter((object) => JSON.stringify(object).includes('kubernetes.io/service-account-token'));

    expect(tokens).toEqual([]);
    expect(allIn('dist', 'Secret')).toEqual([]);
  },
};
