import type { Checks } from '../acceptance';
import { allIn, dist, page, targets, valuesOf } from '../read';
import { variable } from '../workloads';

const guide = () => page('how-to/distribute-the-ca');
const untrusted = [...targets('dev'), ...targets('init')];
const isRoutedBy = (rule: { backendRefs: { name: string; port: number }[] }) => rule.backendRefs.map(({ name, port }) => `${name}:${port}`);

/** TLS, the CA, and what is reached from outside. */
export const certificates: Checks = {
  63: () => {
    for (const target of untrusted)
      expect(dist(`${target}/edge/Certificate.kong-ssl-certs`).spec.issuerRef).toMatchObject({
        kind: 'ClusterIssuer',
        name: 'internal-ca',
      });
  },

  64: () => {
    for (const target of untrusted) {
      const hosts = dist(`${target}/edge/Gateway.public`).spec.listeners.flatMap(({ hostname }: { hostname?: string }) => hostname ?? []);
      const { metadata, spec } = dist(`${target}/edge/HTTPRoute.ca-download`);

      expect(spec.hostnames).toEqual(hosts);
      expect(spec.rules).toEqual([{ matches: [{ path: { type: 'Exact', value: '/ca.crt' } }] }]);
      expect(metadata.annotations).toMatchObject({ 'konghq.com/protocols': 'https', 'konghq.com/plugins': 'ca-download' });
      expect(dist(`${target}/edge/KongPlugin.ca-download`)).toMatchObject({
        plugin: 'request-termination',
        config: { status_code: 200, content_type: 'application/x-x509-ca-cert' },
        configPatches: [{ path: '/body', valueFrom: { secretKeyRef: { name: 'ca-download', key: 'ca.json' } } }],
      });
    }
    expect(guide()).toContain('curl -k -o ca-cert.pem https://dev.kiva.example.com/ca.crt');
    expect(guide()).toContain('**Compare the fingerprint over another channel**');
    expect(guide()).toContain('Or ask the platform team for `ca-cert.pem` itself');
    expect(guide()).toContain('the key never leaves the cluster');
    expect(allIn('dist', 'Secret')).toEqual([]);
  },

  65: () => {
    expect(guide()).toContain("kubectl -n edge get secret kong-ssl-certs -o jsonpath='{.data.ca\\.crt}' | base64 -d > ca-cert.pem");
    for (const target of untrusted) {
      const { conditions, provider } = dist(`${target}/foundation/ClusterSecretStore.internal-ca`).spec;
      const copies = allIn(`dist/${target}`, 'ExternalSecret').filter(({ spec }) => spec.secretStoreRef.name === 'internal-ca');

      expect(dist(`${target}/foundation/cert-manager/Certificate.internal-ca`).spec.isCA).toBe(true);
      expect(dist(`${target}/edge/Certificate.kong-ssl-certs`).spec.secretName).toBe('kong-ssl-certs');
      expect(provider.kubernetes.remoteNamespace).toBe('edge');
      expect(dist(`${target}/foundation/edge/Role.internal-ca`).rules).toEqual([
        { apiGroups: [''], resources: ['secrets'], resourceNames: ['kong-ssl-certs'], verbs: ['get'] },
      ]);
      // Each namespace in the list has somebody who reads the copy, and nobody copies the key beside it.
      expect(conditions).toEqual([{ namespaces: copies.map(({ metadata }) => metadata.namespace) }]);
      expect(copies.map(({ spec }) => spec.data.map(({ remoteRef }: { remoteRef: object }) => remoteRef))).toEqual([
        [{ key: 'kong-ssl-certs', property: 'ca.crt' }],
      ]);
    }
  },

  66: () => {
    expect(guide()).toContain('`certmgr.msc` → Trusted Root Certification Authorities');
    expect(guide()).toContain('certutil -addstore Root ca-cert.pem');
  },

  67: () => {
    expect(guide()).toContain('Keychain Access → File → Import Items');
    expect(guide()).toContain('Always Trust');
  },

  68: () => {
    expect(guide()).toContain('sudo cp ca-cert.pem /usr/local/share/ca-certificates/kiva-ca.crt');
    expect(guide()).toContain('sudo update-ca-certificates');
  },

  69: () => expect(guide()).toContain('Settings → Privacy & Security → Certificates → View Certificates → Authorities → Import'),

  70: () => {
    for (const target of targets()) {
      const route = dist(`${target}/edge/HTTPRoute.gateway-health`);
      const hosts = dist(`${target}/edge/Gateway.public`).spec.listeners.flatMap(({ hostname }: { hostname?: string }) => hostname ?? []);

      expect(route.spec.hostnames).toEqual(hosts);
      expect(route.spec.rules[0].matches[0].path).toEqual({ type: 'Exact', value: '/health' });
      expect(route.metadata.annotations?.['konghq.com/plugins']).toBe('gateway-health');
      expect(dist(`${target}/edge/KongPlugin.gateway-health`)).toMatchObject({
        plugin: 'request-termination',
        config: { status_code: 200 },
      });
    }
    expect(guide()).toContain('curl https://dev.kiva.example.com/health');
  },

  71: () =>
    expect(guide()).toContain('openssl s_client -connect dev.kiva.example.com:443 -servername dev.kiva.example.com -showcerts < /dev/null'),

  72: () => {
    const hostOf = (target: string) => dist(`${target}/edge/Gateway.public`).spec.listeners[1].hostname;

    expect(hostOf('prod/germanywestcentral')).toBe('kiva.example.com');
    expect(hostOf('dev/germanywestcentral')).toBe('dev.kiva.example.com');
    expect(hostOf('init/germanywestcentral')).toBe('init.kiva.example.com');
  },

  73: () => {
    expect(valuesOf('prod/germanywestcentral', 'kong').proxy).toMatchObject({ nameOverride: 'kong-gateway-service', type: 'LoadBalancer' });
    expect(valuesOf('prod/germanywestcentral', 'kong-internal').proxy.type).toBe('ClusterIP');
    const published = allIn('dist', 'Service').filter(({ spec }) => ['LoadBalancer', 'NodePort'].includes(spec.type));
    expect(published.map(({ metadata }) => metadata.name)).toEqual([]);
  },

  74: () => {
    const { hostnames, rules } = dist('prod/germanywestcentral/kiva/HTTPRoute.chat').spec;

    expect(hostnames).toEqual(['kiva.example.com']);
    expect(rules[0].matches).toEqual([{ path: { type: 'PathPrefix', value: '/' } }]);
    expect(isRoutedBy(rules[0])).toEqual(['open-webui-frontend-kiva:80']);
    expect(rules[1].matches).toContainEqual({ path: { type: 'PathPrefix', value: '/api' } });
    expect(rules[1].matches).toContainEqual({ path: { type: 'PathPrefix', value: '/ws' } });
    expect(isRoutedBy(rules[1])).toEqual(['open-webui-backend-kiva:8080']);
  },

  75: () => {
    for (const target of ['init/germanywestcentral', 'dev/local', 'dev/germanywestcentral', 'prod/germanywestcentral']) {
      const { rules } = dist(`${target}/litellm/HTTPRoute.litellm-api`).spec;

      expect(rules[0].matches).toContainEqual({ path: { type: 'PathPrefix', value: '/litellm' } });
      expect(isRoutedBy(rules[0])).toEqual(['litellm-service:4000']);
      expect(variable(dist(`${target}/litellm/Deployment.litellm`), 'SERVER_ROOT_PATH')).toBe('/litellm');
    }
  },
};
