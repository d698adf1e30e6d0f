import type { Checks } from '../acceptance';
import { allIn, dist, filesIn, page, text, valuesOf, yamlIn } from '../read';
import { container, podOf, variable } from '../workloads';
import { app, local, serviceNames, targetsWithChat } from './services';

/** What an ExternalSecret takes from the store: of an entry of its own, or of one that holds all. */
interface Fetched {
  readonly remoteRef: { readonly key: string; readonly property?: string };
}

const develop = () => page('how-to/develop-locally');

/** Looking, developing, secrets. */
export const operations: Checks = {
  13: () => {
    expect(page('how-to/add-an-alert-or-a-dashboard')).toContain('lib/monitoring/dashboards');
    expect(page('runbooks/README')).toContain('[MongodbNoPrimary](mongodb-no-primary.md) | page');
    for (const target of targetsWithChat.slice(1)) {
      const { rules } = dist(`${target}/gpt/PrometheusRule.mongodb-alerts`).spec.groups[0];

      for (const { alert, annotations } of rules) {
        const runbook = annotations.runbook_url.replace(/^.*\/docs\//, '').replace(/\.md$/, '');
        expect(page(runbook)).toContain(`# ${alert}`);
      }
      expect(dist(`${target}/monitoring/ConfigMap.dashboard-mongodb`).data['mongodb.json']).toContain('mongodb_rs_myState');
    }
  },
  25: () => {
    expect(develop()).toContain('kubectl get applications -n argocd');
    expect(develop()).toContain('kubectl -n gpt get deployments,statefulsets,services,pvc');
    expect(develop()).toContain('kubectl -n monitoring port-forward svc/prometheus-grafana 3000:80');
    for (const target of targetsWithChat.slice(1)) {
      const { rules } = dist(`${target}/monitoring/PrometheusRule.workloads-alerts`).spec.groups[0];

      expect(rules.map(({ expr }: { expr: string }) => expr).join()).toContain('kube_deployment_status_replicas_available');
      expect(dist(`${target}/monitoring/Service.prometheus-grafana`).spec.ports[0].port).toBe(80);
    }
  },
  26: () => {
    for (const forward of [
      'kubectl -n gpt port-forward svc/admin-service 8004',
      'kubectl -n gpt port-forward svc/auth-service 8002',
      'kubectl -n gpt port-forward svc/chat-service 8003',
      'kubectl -n gpt port-forward pod/mongodb-0 27017',
      'kubectl -n llm port-forward svc/ollama 11434',
      'kubectl -n edge port-forward svc/kong-gateway-service',
    ])
      expect(develop()).toContain(forward);
  },
  27: () => {
    for (const target of targetsWithChat) {
      const names = (kind: string) => allIn(`dist/${target}/gpt`, kind).map(({ metadata }) => metadata.name);

      expect(names('Deployment')).toEqual(['admin-service', 'auth-service', 'chat-service']);
      expect(names('Service')).toEqual(['admin-service', 'auth-service', 'chat-service', 'gpt-redis', 'mongodb']);
      expect(names('HTTPRoute')).toEqual(['chat', 'sign-in']);
      expect(names('StatefulSet')).toEqual(['gpt-redis', 'mongodb']);
      expect(names('ExternalSecret')).toEqual([
        ...['auth-service-secrets', 'chat-service-secrets', 'chat-users', 'gpt-rate-limit', 'gpt-redis-credentials', 'mongodb-credentials'],
      ]);
    }
    expect(text('lib/gpt/gpt-chart.ts')).toContain('workloads/web-service');
  },
  29: () => {
    const jobs = filesIn('dist').filter((path) => /\/(Cron)?Job\./.test(path) && /kong/i.test(text(path)));

    expect(jobs).toEqual([]);
    expect(targetsWithChat.flatMap((target) => Object.keys(valuesOf(target, 'kong')).filter((value) => value === 'migrations'))).toEqual(
      [],
    );
  },
  30: () => expect(develop()).toContain('kubectl -n gpt exec -it deploy/admin-service -- sh'),
  31: () => {
    expect(container(dist(`${local}/llm/Deployment.ollama`)).ports).toEqual([{ name: 'http', containerPort: 11434 }]);
    expect(dist(`${local}/llm/Service.ollama`).spec.selector).toEqual({ 'app.kubernetes.io/name': 'ollama' });
    expect(develop()).toContain(`curl -s localhost:11434/api/chat -d '{"model": "gemma3"`);
  },
  41: () => expect(develop()).toContain("for the services' own repositories an editor, Python and Docker"),
  42: () => {
    const listed = page('runbooks/first-installation');

    const stored = targetsWithChat
      .flatMap((target) => allIn(`dist/${target}/gpt`, 'ExternalSecret'))
      .flatMap(({ spec }) => spec.data as Fetched[]);
    const names = new Set(stored.map(({ remoteRef }) => remoteRef.property ?? remoteRef.key));
    expect(names.size).toBe(8);
    for (const name of names) expect(listed).toContain(`\`${name}\``);
    expect(text('lib/gpt/gpt-settings.ts')).toMatch(/readonly replicas: number/);
    expect(text('.gitignore')).toContain('.env*');
  },
  43: () => expect(develop()).toContain('whose Compose files start MongoDB, Kong and Ollama without any cluster'),
  45: () => {
    expect(filesIn('dist').filter((path) => path.endsWith('Chart.yaml'))).toEqual([]);
    expect(yamlIn('argocd/dev/ApplicationSet.apps-dev.yaml').spec.template.spec.source.helm).toBeUndefined();
  },
  49: () => {
    for (const target of targetsWithChat) {
      expect(allIn(`dist/${target}/gpt`, 'Cluster')).toEqual([]);
      for (const name of ['auth', 'chat']) {
        const url: string = dist(`${target}/gpt/ExternalSecret.${name}-service-secrets`).spec.target.template.data.MONGODB_URL;
        const [, user, hosts = '', database] =
          /^mongodb:\/\/(\w+):\{\{ \.databasePassword \| urlquery \}\}@([^/]+)\/(\w+)\?/.exec(url) ?? [];
        const members = dist(`${target}/gpt/StatefulSet.mongodb`).spec.replicas;

        expect([user, database]).toEqual([name, name]);
        expect(hosts.split(',')).toEqual(Array.from({ length: members }, (_, i) => `mongodb-${i}.mongodb.gpt.svc.cluster.local:27017`));
        expect(url).toContain(`replicaSet=mongodb&authSource=${name}&w=majority`);
      }
    }
  },
  50: () => {
    for (const target of targetsWithChat) {
      for (const { spec } of allIn(`dist/${target}/gpt`, 'ExternalSecret'))
        expect(spec.secretStoreRef).toEqual({ kind: 'ClusterSecretStore', name: 'platform' });
      expect(dist(`${target}/gpt/ExternalSecret.mongodb-credentials`).spec.data).toHaveLength(5);
    }
  },
  51: () => {
    for (const name of ['auth-service', 'chat-service'])
      expect(variable(dist(`${app}/Deployment.${name}`), 'MONGODB_URL')).toBe(`${name}-secrets/MONGODB_URL`);
    expect(variable(dist(`${app}/StatefulSet.mongodb`), 'MEMBER_KEY')).toBe('mongodb-credentials/member-key');
    expect(variable(dist(`${app}/Job.mongodb-set-up`), 'ROOT_PASSWORD')).toBe('mongodb-credentials/root-password');
    const literal = targetsWithChat
      .flatMap((target) => allIn(`dist/${target}/gpt`))
      .flatMap((object) => podOf(object)?.spec.containers ?? [])
      .flatMap(({ env }: { env?: { name: string; value?: string }[] }) => env ?? [])
      .filter(({ name, value }) => /SECRET|PASSWORD|_KEY$|_URI$/.test(name) && value !== undefined);
    expect(literal).toEqual([]);
  },
  52: () => {
    for (const target of targetsWithChat) {
      expect(allIn(`dist/${target}`, 'Secret')).toEqual([]);
      for (const { metadata, spec } of allIn(`dist/${target}/gpt`, 'ExternalSecret'))
        expect(spec.target).toMatchObject({ name: metadata.name, creationPolicy: 'Owner' });
    }
  },
  53: () => {
    expect(develop()).toContain('`kubectl` forwards a port for as long as you need it');
    for (const name of serviceNames) expect(container(dist(`${app}/Deployment.${name}`)).ports).toHaveLength(1);
  },
};
