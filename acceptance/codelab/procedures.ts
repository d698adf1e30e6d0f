import type { Checks } from '../acceptance';
import { addon, allIn, argocd, dist, filesIn, page, targets, text, yamlIn } from '../read';
import { container, podOf } from '../workloads';
import { app, production, services } from './cluster';

const operate = () => page('how-to/operate-codelab');
const unreachable = () => page('runbooks/codelab-unreachable');
const own = () => targets().filter((target) => filesIn(`dist/${target}`).some((path) => path.includes('/codelab/')));
const ourNamespaces = (target: string) =>
  new Set(
    filesIn(`dist/${target}/foundation`).flatMap((path) => {
      const folder = path.split('/').at(-2) ?? '';
      return path.endsWith('/NetworkPolicy.default-deny.yaml') ? [folder] : [];
    }),
  );

/** What people do, and what holds everywhere. */
export const procedures: Checks = {
  99: () => {
    expect(argocd('prod/ApplicationSet.apps-prod').spec.generators[0].list.elements).toContainEqual(
      expect.objectContaining({ app: 'codelab', cluster: 'prod-eu-west-1', namespace: 'codelab' }),
    );
    expect(page('how-to/promote-a-pin')).toMatch(/argocd app wait \S+ --health/);
  },
  100: () => expect(operate()).toContain('argocd app get codelab-prod-eu-west-1'),
  101: () => {
    expect(operate()).toContain('kubectl -n codelab describe hpa agent-runtime');
    expect(allIn(`dist/${app}`, 'HorizontalPodAutoscaler').map(({ metadata }) => metadata.name)).toEqual(
      expect.arrayContaining([...services]),
    );
  },
  102: () => {
    expect(operate()).toContain(
      'One service: change its `tag` in `releases/dev.yaml` (`codelab-gateway`, `codelab-agent-runtime`, `codelab-auth-service`)',
    );
    expect(yamlIn('releases/dev.yaml').images['codelab-gateway'].tag).toBeDefined();
  },
  103: () => {
    expect(operate()).toContain('kubectl -n codelab rollout status deployment/agent-runtime');
    expect(operate()).toContain('argocd app history codelab-prod-eu-west-1');
    expect(operate()).toContain('git log --oneline -- dist/prod/eu-west-1/codelab');
  },
  104: () => {
    expect(operate()).toContain('To go back, revert the commit');
    expect(page('runbooks/roll-back')).toContain('git revert <commit>');
  },
  107: () => {
    expect(operate()).toContain('kubectl -n monitoring port-forward svc/prometheus-grafana 3000:80');
    expect(dist(`${production}/monitoring/Service.prometheus-grafana`).spec.ports).toContainEqual(expect.objectContaining({ port: 80 }));
  },
  108: () => {
    expect(operate()).toContain('kubectl -n codelab top pods');
    expect(addon(production, 'metrics-server').spec.source.chart).toBe('metrics-server');
  },
  112: () => {
    for (const command of [
      'kubectl -n codelab get pods -o wide',
      'kubectl -n codelab logs -f deployment/agent-runtime',
      'kubectl -n codelab describe pod -l slipway.dev/workload=agent-runtime',
      'kubectl -n codelab exec -it deployment/agent-runtime -- sh',
    ])
      expect(unreachable()).toContain(command);
  },
  113: () => {
    expect(unreachable()).toContain('kubectl -n codelab get endpointslices -l kubernetes.io/service-name=agent-runtime');
    expect(unreachable()).toContain('wget -qO- http://agent-runtime:8001/health');
  },
  114: () => {
    expect(unreachable()).toContain('kubectl -n codelab get httproute codelab-ingress -o yaml');
    expect(unreachable()).toContain('kubectl -n edge logs -l slipway.dev/workload=kong -c ingress-controller');
  },
  115: () => {
    for (const linked of ['docs/architecture.md', 'docs/how-to/', 'docs/runbooks/']) expect(text('README.md')).toContain(`(${linked})`);
    expect(page('runbooks/README')).toContain('codelab-unreachable.md');
    expect(page('how-to/README')).toContain('operate-codelab.md');
    expect(text('README.md')).toContain('## To change X, edit Y');
  },
  116: () => {
    for (const target of own()) expect(dist(`${target}/codelab/Deployment.gateway`).metadata.namespace).toBe('codelab');
    expect([...ourNamespaces(production)]).toEqual(expect.arrayContaining(['codelab', 'edge', 'litellm', 'llm']));
  },
  117: () => {
    const containers = targets().flatMap((target) =>
      allIn(`dist/${target}`).flatMap((object) => {
        const spec = podOf(object)?.spec;
        return [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])];
      }),
    );

    expect(containers.length).toBeGreaterThan(100);
    expect(
      containers.filter(({ resources }) => !resources?.requests?.cpu || !resources.requests.memory || !resources.limits?.memory),
    ).toEqual([]);
  },
  118: () => {
    const served = targets().flatMap((target) => [...allIn(`dist/${target}`, 'Deployment'), ...allIn(`dist/${target}`, 'StatefulSet')]);
    const unprobed = served.flatMap((workload) =>
      podOf(workload)
        .spec.containers.filter((each: { livenessProbe?: object; readinessProbe?: object }) => !each.livenessProbe || !each.readinessProbe)
        .map(({ name }: { name: string }) => `${workload.metadata.name}/${name}`),
    );

    expect(served.length).toBeGreaterThan(30);
    expect(unprobed).toEqual([]);
  },
  119: () => {
    const bounds = allIn(`dist/${production}`, 'HorizontalPodAutoscaler').map(
      ({ metadata, spec }) => `${metadata.namespace}/${metadata.name} ${spec.minReplicas}-${spec.maxReplicas}`,
    );

    expect(bounds).toEqual(
      expect.arrayContaining([
        ...['codelab/gateway 3-10', 'codelab/agent-runtime 3-20', 'codelab/auth-service 2-5', 'codelab/llm-proxy 2-5'],
        'litellm/litellm 3-10',
      ]),
    );
  },
  122: () => {
    type Variable = { readonly name: string; readonly value?: string };
    const variables = targets().flatMap((target) =>
      allIn(`dist/${target}`).flatMap((object) => {
        const { containers = [], initContainers = [] } = podOf(object)?.spec ?? {};
        return [...containers, ...initContainers].flatMap(({ env = [] }: { env?: Variable[] }) => env);
      }),
    );
    const confidential = /(PASSWORD|SECRET|TOKEN|_KEY|PGPASSWORD|DATABASE_URL|REDIS_URL|REDISCLI_AUTH)$/;
    const named = variables.filter(({ name }) => confidential.test(name));

    expect(allIn('dist', 'Secret')).toEqual([]);
    expect(named.length).toBeGreaterThan(100);
    expect(named.filter(({ value }) => value !== undefined)).toEqual([]);
    expect(variables.filter(({ value = '' }) => /:\/\/[^/@]*:[^/@]+@/.test(value))).toEqual([]);
  },
  123: () => {
    for (const target of targets()) {
      const withPods = new Set(
        allIn(`dist/${target}`)
          .filter((object) => podOf(object) !== undefined && object.metadata.namespace !== 'kube-system')
          .map(({ metadata }) => metadata.namespace ?? ''),
      );
      expect([...withPods].filter((namespace) => !ourNamespaces(target).has(namespace))).toEqual([]);
    }
  },
  124: () => {
    for (const target of own())
      for (const name of services)
        expect(dist(`${target}/codelab/Deployment.${name}`).spec.strategy.rollingUpdate).toEqual({ maxSurge: 1, maxUnavailable: 0 });

    const gaps = [...targets('staging'), ...targets('prod')].flatMap((target) =>
      allIn(`dist/${target}`, 'Deployment')
        .filter((workload) => container(workload).resources.limits['nvidia.com/gpu'] === undefined)
        .filter(({ spec }) => spec.strategy?.rollingUpdate?.maxUnavailable !== 0)
        .map(({ metadata }) => metadata.name),
    );
    // Neither serves users: one sends load to a release on trial, the other shows traces from a volume that one pod mounts.
    expect([...new Set(gaps)].sort()).toEqual(['flagger-loadtester', 'jaeger']);
  },
  125: () => {
    expect(own()).toEqual(expect.arrayContaining(['staging/eu-west-1', production]));
    expect(page('how-to/promote-a-pin')).toContain('A pin moves from dev to staging, then through the rings of production');
    expect(yamlIn('releases/staging.yaml').images['codelab-gateway'].tag).toBe(yamlIn('releases/prod.yaml').images['codelab-gateway'].tag);
  },
};
