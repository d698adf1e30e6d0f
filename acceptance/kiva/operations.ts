import type { Checks } from '../acceptance';
import { allIn, dist, has, page, targets, valuesOf, yamlIn } from '../read';
import { podOf } from '../workloads';

const saysAll = (name: string, phrases: readonly string[]): void => {
  const words = page(name);
  expect(phrases.filter((phrase) => !words.includes(phrase))).toEqual([]);
};

/** What people do: look, repair, roll out, roll back. */
export const operations: Checks = {
  78: () => {
    saysAll('runbooks/sync-fails', ['argocd app get <app>-<environment>-<region>', 'argocd app history <app>-<environment>-<region>']);
    saysAll('runbooks/service-unreachable', ['kubectl -n kiva get pods,httproute', 'kubectl -n edge get svc kong-gateway-service -o wide']);
    saysAll('runbooks/claim-pending', ['kubectl get pvc -A']);
  },

  79: () => {
    const pods = targets().flatMap((target) => allIn(`dist/${target}`).filter((object) => podOf(object) !== undefined));
    const unnamed = pods.filter((object) => podOf(object).metadata.labels['app.kubernetes.io/name'] === undefined);

    expect(pods.length).toBeGreaterThan(50);
    expect(unnamed.map(({ metadata }) => metadata.name)).toEqual([]);
    saysAll('how-to/read-logs', [
      'kubectl -n litellm logs -l app.kubernetes.io/name=litellm --prefix',
      'kubectl -n litellm logs <pod> --all-containers',
      '{app_kubernetes_io_name="litellm"}',
      '> litellm.log',
    ]);
  },

  80: () =>
    saysAll('runbooks/image-pull-back-off', [
      'ImagePullBackOff',
      'kubectl -n <namespace> describe externalsecret acr-secret',
      'kubectl -n <namespace> annotate externalsecret acr-secret force-sync=',
      'kubectl -n <namespace> rollout restart deployment <deployment>',
    ]),

  81: () =>
    saysAll('runbooks/claim-pending', [
      'kubectl -n <namespace> describe pvc <claim>',
      'kubectl get storageclass data-block model-shared',
      'volume node affinity conflict',
    ]),

  82: () =>
    saysAll('runbooks/sync-fails', [
      '`npm run synth` lists every problem, those that cause others first, and writes nothing',
      '`npm ci`; Node.js 20 or newer',
      'no matches for kind',
    ]),

  83: () =>
    saysAll('runbooks/service-unreachable', [
      'kubectl -n litellm get endpointslices -l kubernetes.io/service-name=litellm-service',
      'kubectl -n litellm port-forward svc/litellm-service 4000',
      'curl -s localhost:4000/health/readiness',
      'Route not accepted: its status says why',
    ]),

  84: () => {
    saysAll('how-to/names', [
      'Deployment `kong-gateway` | Helm releases `kong` and `kong-internal`',
      'Deployment `postgresql` | CloudNativePG clusters `postgresql`',
    ]);
    for (const object of [
      'litellm/Deployment.litellm',
      'litellm/Service.litellm-service',
      'llm/Deployment.kiva-vllm',
      'kiva/Cluster.postgresql',
    ])
      expect(has(`prod/germanywestcentral/${object}`)).toBe(true);
    expect(valuesOf('prod/germanywestcentral', 'kong').proxy.nameOverride).toBe('kong-gateway-service');
  },

  85: () => saysAll('runbooks/roll-back', ['`git tag before-<update>`', '`git push --tags`']),

  88: () => {
    saysAll('how-to/promote-a-pin', [
      'A pin moves from dev to staging, then through the rings of production: us-west-2, eu-west-1, us-east-1',
    ]);
    expect(yamlIn('releases/prod.yaml').rings).toEqual([['us-west-2'], ['eu-west-1'], ['us-east-1'], ['germanywestcentral']]);
    expect(yamlIn('releases/dev.yaml').images.litellm.tag).toBe(yamlIn('releases/staging.yaml').images.litellm.tag);
  },

  89: () => saysAll('runbooks/roll-back', ['git revert <commit>', '`argocd app rollback`: refused while automated sync is on']),

  90: () => {
    const { resources } = dist('prod/germanywestcentral/kiva/Deployment.open-webui-frontend-kiva').spec.template.spec.containers[0];

    expect(resources).toEqual({ requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: '2000m', memory: '4Gi' } });
  },
};
