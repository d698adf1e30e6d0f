import type { Checks } from '../acceptance';
import { exportersIn, keepingLogs, lokiIn } from '../log-storage';
import { addon, allIn, argocd, dist, page, targets, text, valuesOf, yamlIn } from '../read';
import { models, production, served } from './serving';

const trial = () => page('how-to/serve-a-model-with-kserve');
const pipeline = () => yamlIn('.gitlab-ci.yml');

/** Security of the namespace, the pipeline and the releases. */
export const delivery: Checks = {
  1: () => expect(trial()).toContain('One control plane'),
  2: () => expect(trial()).toContain('control plane with 2 processors and 8 GiB'),
  3: () => expect(trial()).toContain('two workers with 4 processors and 16 GiB each'),
  4: () => expect(trial()).toContain('100 GiB of SSD on every node'),
  12: () => {
    for (const target of ['staging/eu-west-1', production]) {
      expect(dist(`${target}/monitoring/Service.prometheus`).spec.ports[0].port).toBe(9090);
      expect(dist(`${target}/monitoring/Deployment.grafana`).spec.template.spec.containers[0].ports[0].containerPort).toBe(3000);
    }
    const unkept = keepingLogs(production, undefined);

    expect([lokiIn(unkept), exportersIn(unkept)]).toEqual([[], undefined]);
  },
  26: () => {
    for (const target of ['staging/eu-west-1', production]) {
      expect(dist(`${target}/monitoring/Service.loki`).spec.ports).toContainEqual(expect.objectContaining({ port: 3100 }));
      expect(dist(`${target}/foundation/DaemonSet.log-collector`).spec.template.spec.containers[0].image).toMatch(
        /opentelemetry-collector-contrib:0\.\d+\.\d+/,
      );
    }
    const elsewhere = keepingLogs(production, { kind: 'elasticsearch', url: 'https://logs.example.com', network: '10.0.0.0/8' });

    expect(Object.keys(exportersIn(elsewhere))).toEqual(['elasticsearch']);
    expect(page('how-to/read-logs')).toContain(
      'a collector on every node sends all logs to who keeps them: Loki in the cluster, or an Elasticsearch',
    );
  },
  27: () => {
    for (const target of ['staging/eu-west-1', production]) {
      expect(dist(`${target}/monitoring/Service.otel-collector`).spec.ports).toContainEqual(expect.objectContaining({ port: 4317 }));
      expect(dist(`${target}/monitoring/Deployment.otel-collector`).spec.template.spec.containers[0].image).toMatch(
        /opentelemetry-collector-contrib:0\.\d+\.\d+/,
      );
    }
  },
  28: () => {
    for (const target of served) {
      const alerts = dist(`${target}/ml/PrometheusRule.models`).spec.groups.flatMap(({ rules }: { rules: { alert: string }[] }) => rules);

      expect(alerts.map(({ alert }: { alert: string }) => alert)).toEqual(
        expect.arrayContaining(['ModelAnswersSlow', 'ModelErrors', 'ModelNotScaling']),
      );
      const asks = (name: string): string => alerts.find(({ alert }: { alert: string }) => alert === name).expr;
      for (const { metadata } of models(target)) {
        const route = `route=~"httproute[.]ml[.]${metadata.name}[.].*"`;

        expect(asks('ModelAnswersSlow')).toContain(`kong_request_latency_ms_bucket{${route}}`);
        expect(asks('ModelErrors')).toContain(`kong_http_requests_total{${route}, code=~"5.."}`);
      }
      expect(asks('ModelNotScaling')).toContain('namespace="ml", condition="AbleToScale", status="false"');
    }
  },
  30: () => {
    expect(argocd('prod/ApplicationSet.apps-prod').spec.generators[0].list.elements).toContainEqual(
      expect.objectContaining({ app: 'ml', cluster: 'prod-eu-west-1', namespace: 'ml' }),
    );
    expect(JSON.stringify(pipeline())).not.toMatch(/helm (install|upgrade)/);
  },
  32: () => {
    for (const target of served)
      expect(dist(`${target}/foundation/ml/NetworkPolicy.default-deny`).spec).toEqual({
        podSelector: {},
        policyTypes: ['Ingress', 'Egress'],
      });
    expect(dist(`${production}/ml/NetworkPolicy.toxicity-filter-from-kong`).spec.ingress[0].ports).toEqual([
      { port: 8080, protocol: 'TCP' },
    ]);
  },
  33: () => {
    for (const target of served) {
      const { hard } = dist(`${target}/foundation/ml/ResourceQuota.quota`).spec;

      const asked = models(target).map(({ spec }) => Number(spec.predictor.model.resources.requests.cpu) * spec.predictor.maxReplicas);

      expect(Number(hard['requests.cpu'])).toBeGreaterThanOrEqual(asked.reduce((sum, cpus) => sum + cpus, 0));
      expect(hard['requests.memory']).toMatch(/^\d+Gi$/);
      expect(Number(hard.pods)).toBeGreaterThan(models(target).length);
    }
  },
  34: () => {
    for (const target of served)
      expect(dist(`${target}/foundation/ml/LimitRange.limits`).spec.limits[0]).toMatchObject({
        type: 'Container',
        defaultRequest: { cpu: '100m', memory: '128Mi' },
      });
  },
  49: () => {
    for (const target of targets()) {
      const { nginx_http_log_format: format, proxy_access_log: log } = valuesOf(target, 'kong').env;

      expect(format).toMatch(/^requests escape=json '\{"time":.*"status":"\$status".*\}'$/);
      expect(log).toBe('/dev/stdout requests');
      expect(dist(`${target}/litellm/ConfigMap.litellm-config`).data['config.yaml']).toContain('json_logs: true');
    }
  },
  51: () => {
    expect(text('.gitlab-ci.yml')).not.toMatch(/KUBE_CONFIG|kubectl|kubeconfig/i);
    expect(text('.gitlab-ci.yml')).toContain('no job holds access to a cluster');
  },
  53: () => {
    expect(text('lib/platform.ts')).toContain('new MlChart(');
    expect(allIn(`dist/${production}/ml`, 'InferenceService').length).toBe(3);
  },
  54: () => {
    const least = ['staging/eu-west-1', production].map(
      (target) => dist(`${target}/ml/InferenceService.toxicity-filter`).spec.predictor.minReplicas,
    );

    expect(least).toEqual([1, 2]);
  },
  55: () => {
    expect(pipeline().workflow.rules.map(({ if: condition }: { if: string }) => condition)).toEqual([
      "$CI_PIPELINE_SOURCE == 'merge_request_event'",
      '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH',
    ]);
  },
  56: () => {
    expect(pipeline().install.script).toBe('npm ci');
    expect(pipeline().lint.script).toContain('npm run lint');
    expect(pipeline().test.script).toMatch(/jest/);
    expect(pipeline()['diff-check'].script).toBe('npm run synth -- --check');
    expect(pipeline().default.image).toMatch(/node:\d+\.\d+\.\d+/);
    expect(argocd('staging/ApplicationSet.apps-staging').spec.template.spec.syncPolicy.automated.selfHeal).toBe(true);
  },
  57: () => {
    expect(text('.gitlab/CODEOWNERS')).toMatch(/^\/dist\/prod\/ @\S+/m);
    expect(text('.gitlab/CODEOWNERS')).toMatch(/^\/releases\/prod\.yaml @\S+/m);
    expect(page('how-to/promote-a-pin')).toContain('a code owner of production approves it');
    expect(argocd('prod/AppProject.apps-prod').spec.syncWindows[0]).toMatchObject({ kind: 'deny', schedule: '0 16 * * 5' });
  },
  58: () => {
    expect(addon(production, 'kserve').spec.project).toBe('addons-prod');
    expect(addon(production, 'kserve-crds').spec.project).toBe('addons-prod');
    expect(argocd('prod/ApplicationSet.apps-prod').spec.template.spec.project).toBe('apps-prod');
    expect(addon(production, 'kserve').metadata.annotations?.['argocd.argoproj.io/sync-wave']).toBe('-1');
    expect(argocd('prod/ApplicationSet.apps-prod').metadata.annotations?.['argocd.argoproj.io/sync-wave']).toBe('0');
  },
};
