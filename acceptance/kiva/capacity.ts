import { parse } from 'yaml';

import { catalog } from '../../lib/models/catalog';
import type { Checks } from '../acceptance';
import { callersOf } from '../network';
import { allIn, dist, has, page, targets, text, yamlIn } from '../read';

const aks = 'prod/germanywestcentral';
const engine = (target: string) => dist(`${target}/llm/Deployment.kiva-vllm`).spec.template.spec;

/** GPUs, autoscaling, storage and security. */
export const capacity: Checks = {
  91: () => {
    for (const target of ['dev/germanywestcentral', aks])
      expect(engine(target).nodeSelector).toEqual({ 'kubernetes.azure.com/agentpool': 'permgpu' });
  },

  92: () => {
    for (const target of ['dev/germanywestcentral', aks])
      expect(engine(target).tolerations).toContainEqual({ key: 'sku', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' });
  },

  93: () => {
    for (const target of targets('prod')) {
      const { minReplicas, maxReplicas, metrics } = dist(`${target}/litellm/HorizontalPodAutoscaler.litellm`).spec;

      expect([minReplicas, maxReplicas]).toEqual([3, 10]);
      expect(metrics).toEqual([{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } }]);
      expect(dist(`${target}/litellm/Deployment.litellm`).spec.replicas).toBeUndefined();
    }
    for (const target of [...targets('dev'), ...targets('init')])
      expect(has(`${target}/litellm/HorizontalPodAutoscaler.litellm`)).toBe(false);
  },

  94: () => {
    expect(page('runbooks/engine-queue-grows')).toContain('kubectl -n llm describe hpa llm-service-primary');
    expect(page('runbooks/service-unreachable')).toContain('kubectl -n litellm get pods,hpa');
  },

  95: () => {
    for (const app of ['kiva', 'litellm'])
      expect(dist(`${aks}/${app}/Cluster.postgresql`).spec.storage).toMatchObject({ size: '100Gi', storageClass: 'data-block' });
    expect(dist(`${aks}/foundation/StorageClass.data-block`).parameters.skuName).toBe('Premium_LRS');
  },

  96: () => {
    expect(dist(`${aks}/foundation/kiva/NetworkPolicy.default-deny`).spec).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    expect(dist(`${aks}/foundation/litellm/NetworkPolicy.default-deny`).spec).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    });
    expect(callersOf(aks, 'litellm/litellm')).toEqual([
      'edge/kong:4000',
      'kiva/open-webui-backend-kiva:4000',
      'monitoring/prometheus:4001',
    ]);
    expect(callersOf(aks, 'kiva/open-webui-backend-kiva')).toEqual(['edge/kong:8080']);
    expect(callersOf(aks, 'kiva/open-webui-frontend-kiva')).toEqual(['edge/kong:80']);
  },

  97: () => {
    expect(text('.gitignore').split('\n')).toEqual(expect.arrayContaining(['secrets/', '.env*']));
    expect([...allIn('dist', 'Secret'), ...allIn('argocd', 'Secret')]).toEqual([]);
    expect(page('rules')).toContain('`no-secret-values`');
  },

  98: () => {
    // A certificate of the cluster's own CA is copied, and is no secret.
    const delivered = allIn('dist', 'ExternalSecret').filter(({ metadata }) => metadata.name !== 'ca-download');

    expect(delivered.length).toBeGreaterThan(20);
    expect(
      delivered.filter(({ spec }) => spec.secretStoreRef.kind !== 'ClusterSecretStore' || spec.secretStoreRef.name !== 'platform'),
    ).toEqual([]);
    expect(page('decisions/0004-secrets-by-reference')).toContain('| B. Sealed Secrets |');
  },

  99: () => {
    const { model } = parse(dist(`${aks}/llm/ConfigMap.kiva-vllm-config`).data['config.yaml']);
    const { revision } = yamlIn('releases/prod.yaml').models['llama-3.1-8b-instruct'];

    expect(catalog['llama-3.1-8b-instruct']).toMatchObject({ engine: 'vllm', servedName: 'llama-3.1-8b-instruct' });
    expect(model).toBe(`/models/llama-3.1-8b-instruct/${revision}`);
  },
};
