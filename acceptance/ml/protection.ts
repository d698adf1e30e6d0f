import { find } from '../../lib/testing/manifests';
import type { Checks } from '../acceptance';
import { addon, allIn, dist, filesIn, targets, yamlIn } from '../read';
import { varied } from '../variation';
import { production, served, withCanary } from './serving';

const policies = (target: string) => allIn(`dist/${target}/foundation`, 'ImageValidatingPolicy');

/** The mesh, what is admitted, and what is scanned. */
export const protection: Checks = {
  6: () => {
    for (const name of ['istio-base', 'istiod', 'istio-cni', 'ztunnel'])
      expect(addon(production, name).spec.source.targetRevision).toMatch(/^v?1\.\d+\.\d+$/);
    expect(dist(`${production}/foundation/Namespace.ml`).metadata.labels?.['istio.io/dataplane-mode']).toBe('ambient');
    expect(filesIn('argocd/dev/local').filter((path) => path.includes('istio'))).toEqual([]);
  },
  15: () => {
    const modeOf = (manifests: readonly { kind: string; spec?: { mtls?: { mode: string } } }[]) =>
      manifests.find(({ kind }) => kind === 'PeerAuthentication')?.spec?.mtls?.mode;

    expect(['staging/eu-west-1', production].map((target) => modeOf(allIn(`dist/${target}/ml`)))).toEqual(['STRICT', 'STRICT']);
    expect(modeOf(varied(production, (target) => ({ ...target, mesh: 'permissive' })))).toBe('PERMISSIVE');
    expect(modeOf(varied(production, ({ mesh: _, ...target }) => target))).toBeUndefined();
    expect(addon(production, 'istiod').spec.project).toBe('addons-prod');
  },
  25: () => {
    for (const target of served)
      expect(dist(`${target}/ml/PodMonitor.kserve-controller`).spec.podMetricsEndpoints[0].path).toBe('/metrics');
    for (const name of ['istiod', 'ztunnel'])
      expect(dist(`${production}/ml/PodMonitor.${name}`).spec.podMetricsEndpoints.length).toBeGreaterThan(0);
    expect(find(withCanary(), 'PodMonitor', 'activator').spec.namespaceSelector).toEqual({ matchNames: ['knative-serving'] });
    expect(find(withCanary(), 'KnativeServing', 'knative-serving').spec.config.observability['metrics-protocol']).toBe('prometheus');
    for (const target of served)
      if (filesIn(`dist/${target}`).some((path) => path.endsWith('ConfigMap.dashboard-engine.yaml')))
        expect(dist(`${target}/monitoring/ConfigMap.dashboard-ml`).data['ml.json']).toContain('request_predict_seconds_bucket');
    expect(dist(`${production}/monitoring/Prometheus.prometheus`).spec.podMonitorNamespaceSelector).toEqual({});
  },
  35: () => {
    for (const target of targets('prod')) {
      const [policy] = policies(target);

      const { keyless, key } = policy?.spec.attestors[0].cosign ?? {};

      expect(keyless?.identities.length ?? (key === undefined ? 0 : 1)).toBeGreaterThan(0);
      expect(policy?.spec.validations[0].expression).toContain('verifyImageSignatures(image, [attestors.signer])');
      expect(addon(target, 'kyverno').spec.source.chart).toBe('kyverno');
    }
    expect(policies(production)[0]?.spec.matchImageReferences).toEqual([{ glob: 'ghcr.io/codelab/*' }]);
  },
  36: () => {
    const job = yamlIn('.gitlab-ci.yml')['image-scan'];

    expect(job.image.name).toMatch(/aquasec\/trivy:\d+\.\d+\.\d+$/);
    expect(job.script.join('\n')).toContain('trivy image --severity CRITICAL');
  },
  52: () => {
    expect(yamlIn('.gitlab-ci.yml')['image-scan'].variables).toEqual({
      TRIVY_USERNAME: '$REGISTRY_USERNAME',
      TRIVY_PASSWORD: '$REGISTRY_PASSWORD',
    });
  },
};
