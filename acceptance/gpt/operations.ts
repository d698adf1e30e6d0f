import type { Checks } from '../acceptance';
import { allIn, dist, filesIn, page, text, yamlIn } from '../read';
import { container, podOf, variable } from '../workloads';
import { app, local, serviceNames } from './services';

const develop = () => page('how-to/develop-locally');

/** Looking, developing, secrets. */
export const operations: Checks = {
  13: () => {
    expect(page('how-to/add-an-alert-or-a-dashboard')).toContain('lib/monitoring/dashboards');
    expect(page('runbooks/README')).toContain('mongodb-down.md');
    expect(allIn(`dist/${app}`, 'PrometheusRule').map(({ metadata }) => metadata.name)).toContain('mongodb-alerts');
  },
  25: () => {
    expect(develop()).toContain('kubectl get applications -n argocd');
    expect(develop()).toContain('kubectl -n gpt get deployments,statefulsets,services,pvc');
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
    const kinds = new Set(allIn(`dist/${app}`).map(({ kind }) => kind));

    for (const kind of [
      'Deployment',
      'ExternalSecret',
      'HTTPRoute',
      'KongPlugin',
      'NetworkPolicy',
      'Service',
      'ServiceAccount',
      'StatefulSet',
    ])
      expect(kinds).toContain(kind);
    expect(text('lib/gpt/gpt-chart.ts')).toContain('workloads/web-service');
  },
  29: () => {
    const migrations = filesIn('dist').filter((path) => /Job\..*kong/.test(path));

    expect(migrations).toEqual([]);
  },
  30: () => expect(develop()).toContain('kubectl -n gpt exec -it deploy/admin-service -- sh'),
  31: () => {
    expect(dist(`${local}/llm/Deployment.ollama`).spec.template.spec.containers[0].ports[0].containerPort).toBe(11434);
    expect(develop()).toContain('curl -s localhost:11434/api/chat');
  },
  41: () => expect(develop()).toContain("for the services' own repositories an editor, Python and Docker"),
  42: () => {
    const listed = page('runbooks/first-installation');

    for (const name of ['gpt-jwt-secret', 'gpt-mongodb-auth-password', 'gpt-mongodb-chat-password'])
      expect(listed).toContain(`\`${name}\``);
    expect(text('lib/gpt/gpt-settings.ts')).toMatch(/readonly replicas: number/);
    expect(text('.gitignore')).toContain('.env*');
  },
  43: () => expect(develop()).toContain('whose Compose files start MongoDB, Kong and Ollama without any cluster'),
  45: () => {
    expect(filesIn('dist').filter((path) => path.endsWith('Chart.yaml'))).toEqual([]);
    expect(yamlIn('argocd/dev/ApplicationSet.apps-dev.yaml').spec.template.spec.source.helm).toBeUndefined();
  },
  49: () => {
    expect(allIn(`dist/${app}`, 'Cluster')).toEqual([]);
    expect(dist(`${app}/ExternalSecret.chat-service-secrets`).spec.target.template.data.MONGODB_URL).toMatch(
      /^mongodb:\/\/chat:.*@mongodb-0\.mongodb\.gpt\.svc\.cluster\.local:27017/,
    );
  },
  50: () => {
    const names = allIn(`dist/${app}`, 'ExternalSecret').map(({ metadata }) => metadata.name);

    expect(names).toEqual(expect.arrayContaining(['auth-service-secrets', 'chat-service-secrets', 'mongodb-credentials', 'chat-users']));
  },
  51: () => {
    expect(variable(dist(`${app}/Deployment.auth-service`), 'MONGODB_URL')).toBe('auth-service-secrets/MONGODB_URL');
    expect(variable(dist(`${app}/Deployment.chat-service`), 'MONGODB_URL')).toBe('chat-service-secrets/MONGODB_URL');
    const literal = allIn(`dist/${app}`)
      .flatMap((object) => podOf(object)?.spec.containers ?? [])
      .flatMap(({ env }: { env?: { name: string; value?: string }[] }) => env ?? [])
      .filter(({ name, value }) => /SECRET|PASSWORD|_KEY$|_URI$/.test(name) && value !== undefined);
    expect(literal).toEqual([]);
  },
  52: () => {
    expect(allIn(`dist/${app}`, 'Secret')).toEqual([]);
    for (const { spec } of allIn(`dist/${app}`, 'ExternalSecret')) expect(spec.target.creationPolicy).toBe('Owner');
  },
  53: () => {
    expect(develop()).toContain('`kubectl` forwards a port for as long as you need it');
    for (const name of serviceNames) expect(container(dist(`${app}/Deployment.${name}`)).ports).toHaveLength(1);
  },
};
