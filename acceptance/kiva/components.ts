import { parse } from 'yaml';

import { targets as fleet } from '../../lib/environments';
import { gpus } from '../../lib/regions/gpu';
import type { Checks } from '../acceptance';
import { allIn, dist, targets, valuesOf } from '../read';
import { container, variable } from '../workloads';

const aks = 'prod/germanywestcentral';
const kivaTargets = targets().filter((target) => target.endsWith('germanywestcentral') || target === 'dev/local');

/** What answers, and on which port. */
export const components: Checks = {
  29: () => {
    for (const target of kivaTargets) {
      const service = dist(`${target}/kiva/Service.open-webui-frontend-kiva`).spec;
      const deployment = dist(`${target}/kiva/Deployment.open-webui-frontend-kiva`);

      expect(service.ports).toEqual([{ name: 'http', port: 80, targetPort: 'http' }]);
      expect(container(deployment).ports).toEqual([{ containerPort: 80, name: 'http' }]);
    }
  },

  30: () => {
    for (const target of kivaTargets) {
      const service = dist(`${target}/kiva/Service.open-webui-backend-kiva`).spec;
      const deployment = dist(`${target}/kiva/Deployment.open-webui-backend-kiva`);

      expect(service.ports).toEqual([{ name: 'http', port: 8080, targetPort: 'http' }]);
      expect(container(deployment).ports).toEqual([{ containerPort: 8080, name: 'http' }]);
      expect(variable(deployment, 'PORT')).toBe('8080');
    }
  },

  31: () => {
    const { model_list } = parse(dist('dev/local/litellm/ConfigMap.litellm-config').data['config.yaml']);

    expect(dist('dev/local/llm/Service.ollama').spec.ports).toEqual([{ name: 'http', port: 11434, targetPort: 'http' }]);
    expect(variable(dist('dev/local/llm/Deployment.ollama'), 'OLLAMA_HOST')).toBe('0.0.0.0:11434');
    expect(model_list.map(({ litellm_params }: { litellm_params: { api_base: string } }) => litellm_params.api_base)).toEqual([
      'http://ollama.llm.svc.cluster.local:11434',
      'http://ollama.llm.svc.cluster.local:11434',
    ]);
  },

  32: () => {
    const { spec } = dist(`${aks}/kiva/ExternalSecret.open-webui-secrets`);

    expect(dist(`${aks}/kiva/Database.openwebui`).spec).toMatchObject({
      name: 'openwebui',
      owner: 'openwebui',
      cluster: { name: 'postgresql' },
    });
    expect(spec.target.template.data.DATABASE_URL).toMatch(/@postgresql-rw\.kiva\.svc\.cluster\.local:5432\/openwebui\?sslmode=require$/);
    expect(variable(dist(`${aks}/kiva/Deployment.open-webui-backend-kiva`), 'DATABASE_URL')).toBe('open-webui-secrets/DATABASE_URL');
  },

  33: () => {
    for (const target of targets()) {
      expect(dist(`${target}/litellm/Service.litellm-service`).spec.ports[0]).toEqual({ name: 'http', port: 4000, targetPort: 'http' });
      expect(container(dist(`${target}/litellm/Deployment.litellm`)).args).toContain('--port=4000');
    }
  },

  34: () => {
    const deployment = dist(`${aks}/litellm/Deployment.litellm`);
    const migration = dist(`${aks}/litellm/Job.litellm-migration`);
    const roles = dist(`${aks}/litellm/Cluster.postgresql`).spec.managed.roles.map(({ name }: { name: string }) => name);

    expect(dist(`${aks}/litellm/Database.litellm`).spec).toMatchObject({ name: 'litellm', owner: 'litellm' });
    expect(roles).toContain('litellm');
    for (const name of ['LITELLM_MASTER_KEY', 'LITELLM_SALT_KEY', 'DATABASE_URL'])
      expect(variable(deployment, name)).toBe(`litellm-secrets/${name}`);
    expect(variable(deployment, 'DISABLE_SCHEMA_UPDATE')).toBe('true');
    expect(container(migration).args).toContain('--skip_server_startup');
    expect(migration.metadata.annotations).toMatchObject({ 'argocd.argoproj.io/hook': 'Sync', 'argocd.argoproj.io/sync-wave': '-1' });
  },

  35: () => {
    const { litellm_settings } = parse(dist(`${aks}/litellm/ConfigMap.litellm-config`).data['config.yaml']);
    const [endpoint] = dist(`${aks}/litellm/ServiceMonitor.litellm`).spec.endpoints;

    expect(litellm_settings.callbacks).toContain('prometheus');
    expect(endpoint).toMatchObject({ path: '/metrics', port: 'metrics' });
    expect(dist(`${aks}/litellm/Service.litellm-service`).spec.ports[1]).toMatchObject({ name: 'metrics', port: 4001 });
    expect(variable(dist(`${aks}/litellm/Deployment.litellm`), 'PROMETHEUS_METRICS_PORT')).toBe('4001');
  },

  36: () => {
    for (const target of ['dev/germanywestcentral', aks]) {
      const engine = container(dist(`${target}/llm/Deployment.kiva-vllm`));

      expect(engine.ports).toEqual([{ containerPort: 8000, name: 'http' }]);
      expect(engine.command.slice(0, 2)).toEqual(['vllm', 'serve']);
    }
  },

  37: () => {
    const claimIn = (target: string) => dist(`${target}/llm-models/PersistentVolumeClaim.model-store`).spec;

    expect(claimIn('dev/germanywestcentral').resources.requests.storage).toBe('50Gi');
    expect(claimIn('dev/local').resources.requests.storage).toBe('50Gi');
    expect(claimIn(aks)).toMatchObject({ accessModes: ['ReadWriteMany'], resources: { requests: { storage: '200Gi' } } });
  },

  38: () => {
    expect(gpus.v100).toEqual({ memoryGiB: 16, computeCapability: 7 });
    expect(gpus.a100).toEqual({ memoryGiB: 80, computeCapability: 8 });
    expect(fleet.find(({ environment, region }) => `${environment}/${region.name}` === aks)?.region.gpuPool?.gpu).toBe('a100');
  },

  39: () => {
    for (const target of targets())
      expect(dist(`${target}/edge/NetworkPolicy.kong-from-anyone`).spec.ingress).toEqual([
        {
          ports: [
            { port: 8000, protocol: 'TCP' },
            { port: 8443, protocol: 'TCP' },
          ],
        },
      ]);
  },

  40: () => {
    for (const target of targets()) {
      const { env, admin, manager } = valuesOf(target, 'kong');
      const open = allIn(`dist/${target}/edge`, 'NetworkPolicy')
        .filter(({ spec }) => spec.podSelector.matchLabels?.['slipway.dev/workload'] === 'kong')
        .flatMap(({ spec }) => spec.ingress ?? [])
        .flatMap(({ ports }) => ports.map(({ port }: { port: number }) => port));

      expect(env.admin_gui_listen).toBe('off');
      expect(manager.enabled).toBe(false);
      expect(admin).toBeUndefined();
      expect(open.filter((port) => [8001, 8002, 8444, 8445].includes(port))).toEqual([]);
    }
  },
};
