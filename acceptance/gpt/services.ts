import type { Checks } from '../acceptance';
import { allIn, argocd, dist, filesIn, page, text, yamlIn } from '../read';
import { container, podOf, variable } from '../workloads';

/** The developer's machine, which the services were described for. */
export const local = 'dev/local';
export const app = `${local}/gpt`;
export const targetsWithChat = ['dev/local', 'staging/eu-west-1', 'prod/eu-west-1'];

const ports = { 'admin-service': 8004, 'auth-service': 8002, 'chat-service': 8003 } as const;
export type ServiceName = keyof typeof ports;
export const serviceNames = Object.keys(ports) as ServiceName[];

/** Holds a service to its port, from the Service to what Uvicorn listens on. */
const serves = (name: ServiceName) => () => {
  for (const target of targetsWithChat) {
    const deployment = dist(`${target}/gpt/Deployment.${name}`);

    expect(dist(`${target}/gpt/Service.${name}`).spec.ports[0]).toEqual({ name: 'http', port: ports[name], targetPort: 'http' });
    expect(container(deployment).ports[0]).toEqual({ name: 'http', containerPort: ports[name] });
    expect(container(deployment).command).toEqual(['uvicorn', 'app.main:app', '--host', '0.0.0.0', '--port', `${ports[name]}`]);
  }
};

const pathAndBackend = ({
  matches,
  backendRefs,
}: {
  matches: { path: { value: string } }[];
  backendRefs: { name: string; port: number }[];
}) => `${matches[0]?.path.value} ${backendRefs[0]?.name}:${backendRefs[0]?.port}`;

/** Structure, services and what they stand on. */
export const services: Checks = {
  1: () => {
    expect([...filesIn('lib'), ...filesIn('tools')].filter((path) => /(\.py|\.svelte|Dockerfile|requirements\.txt)$/.test(path))).toEqual(
      [],
    );
    expect([...filesIn('dist'), ...filesIn('argocd')].filter((path) => !path.endsWith('.yaml'))).toEqual([]);
    expect(page('architecture')).toContain("a service's own repository builds an image into a registry");
  },
  2: () => {
    const { scripts } = yamlIn('package.json');

    // No shell of one system, no name that Windows refuses, and the same line ends everywhere.
    expect(Object.values<string>(scripts).filter((script) => /\.(sh|ps1)\b|^\w+=|['$`;]|\b(bash|rm|cp) /.test(script))).toEqual([]);
    expect([...filesIn('dist'), ...filesIn('argocd'), ...filesIn('lib')].filter((path) => /[<>:"|?*\\]/.test(path))).toEqual([]);
    expect(text('.gitattributes')).toContain('* text=auto eol=lf');
    expect(page('how-to/develop-locally')).toContain('every command here is an npm script or `kubectl`');
  },
  3: () => {
    for (const target of targetsWithChat)
      expect(allIn(`dist/${target}/gpt`, 'Deployment').map(({ metadata }) => metadata.name)).toEqual([...serviceNames]);
  },
  4: serves('admin-service'),
  5: () => {
    for (const target of targetsWithChat) {
      const folder = `dist/${target}/gpt`;
      const pods = [...allIn(folder, 'Job'), ...allIn(folder, 'Deployment')];

      expect(
        pods.filter((object) => JSON.stringify(podOf(object)).toLowerCase().includes('kong')).map(({ metadata }) => metadata.name),
      ).toEqual([]);
      expect(allIn(folder, 'HTTPRoute').flatMap(({ spec }) => spec.rules.map(pathAndBackend))).toEqual([
        '/ chat-service:8003',
        '/auth auth-service:8002',
      ]);
      expect(allIn(folder, 'KongPlugin').map(({ plugin }) => plugin)).toEqual([
        ...['request-size-limiting', 'jwt', 'rate-limiting', 'request-size-limiting'],
      ]);
    }
    expect(page('how-to/names')).toContain("| `setup_kong.sh`, Kong's PostgreSQL and its migrations | HTTPRoutes and KongPlugins in Git");
  },
  6: serves('auth-service'),
  7: () => {
    for (const target of targetsWithChat) {
      expect(variable(dist(`${target}/gpt/Deployment.auth-service`), 'JWT_SECRET')).toBe('auth-service-secrets/JWT_SECRET');
      expect(variable(dist(`${target}/gpt/Deployment.auth-service`), 'JWT_ISSUER')).toBe('gpt-auth-service');
    }
    // What signs is what checks.
    for (const secret of ['auth-service-secrets', 'chat-users'])
      expect(dist(`${app}/ExternalSecret.${secret}`).spec.data).toContainEqual(
        expect.objectContaining({ remoteRef: expect.objectContaining({ property: 'gpt-jwt-secret' }) }),
      );
    expect(dist(`${app}/ExternalSecret.chat-users`).spec.target.template.metadata.labels).toEqual({ 'konghq.com/credential': 'jwt' });
    expect(dist(`${app}/KongPlugin.chat-users`)).toMatchObject({
      plugin: 'jwt',
      config: { claims_to_verify: ['exp'], key_claim_name: 'iss' },
    });
    expect(dist(`${app}/KongConsumer.chat-users`).credentials).toEqual(['chat-users']);
    expect(dist(`${app}/ExternalSecret.chat-users`).spec.target.template.data).toMatchObject({
      algorithm: 'HS256',
      key: 'gpt-auth-service',
    });
  },
  8: () => {
    serves('chat-service')();
    expect(variable(dist(`${app}/Deployment.chat-service`), 'LLM_BASE_URL')).toBe('http://ollama.llm.svc.cluster.local:11434/v1');
    for (const target of ['staging/eu-west-1', 'prod/eu-west-1']) {
      const chat = dist(`${target}/gpt/Deployment.chat-service`);

      expect(variable(chat, 'LLM_BASE_URL')).toBe('http://litellm-service.litellm.svc.cluster.local:4000/v1');
      expect(variable(chat, 'LLM_API_KEY')).toBe('chat-service-secrets/LLM_API_KEY');
      expect(text(`dist/${target}/litellm/ConfigMap.litellm-config.yaml`)).toContain(`model_name: ${variable(chat, 'LLM_MODEL')}\n`);
    }
  },
  9: () => {
    for (const name of serviceNames) {
      for (const target of targetsWithChat) {
        expect(podOf(dist(`${target}/gpt/Deployment.${name}`)).spec.volumes).toEqual([{ name: 'tmp', emptyDir: { sizeLimit: '64Mi' } }]);
        expect(variable(dist(`${target}/gpt/Deployment.${name}`), 'PYTHONUNBUFFERED')).toBe('1');
      }
    }
    for (const target of targetsWithChat) expect(allIn(`dist/${target}/gpt`, 'PersistentVolumeClaim')).toEqual([]);
    expect(page('how-to/develop-locally')).toContain('kubectl -n gpt logs -l app.kubernetes.io/name=chat-service -f');
  },
  10: () => {
    for (const target of targetsWithChat) {
      const pinned = yamlIn(`releases/${target.split('/')[0]}.yaml`).images;

      for (const name of serviceNames) {
        expect(pinned[name].repository).toMatch(new RegExp(`/${name}$`));
        expect(container(dist(`${target}/gpt/Deployment.${name}`)).image).toContain(`${pinned[name].repository}:${pinned[name].tag}`);
      }
    }
  },
  11: () => {
    for (const name of serviceNames) {
      const { command, args } = container(dist(`${app}/Deployment.${name}`));

      expect([...command, ...(args ?? [])].join(' ')).toBe(`uvicorn app.main:app --host 0.0.0.0 --port ${ports[name]}`);
    }
  },
  14: () => {
    const [job] = allIn(`dist/${local}/llm-models`, 'Job');

    expect(job?.metadata.name).toMatch(/^model-pull-/);
    expect(job?.metadata.annotations?.['argocd.argoproj.io/sync-wave']).toBe('-1');
    expect(dist(`${local}/llm-models/ConfigMap.model-pull-scripts`).data['pull-models.sh']).toContain('ollama pull');
    expect(variable(job ?? dist(''), 'OLLAMA_MODELS')).toBe(variable(dist(`${local}/llm/Deployment.ollama`), 'OLLAMA_MODELS'));
    // The sync that waits for the Job is not given up before.
    const { data } = argocd('settings/ConfigMap.argocd-cmd-params-cm');
    expect(job?.spec.activeDeadlineSeconds).toBe(3600);
    expect(Number(data['controller.sync.timeout.seconds'])).toBeGreaterThan(3600);
    const [wait] = podOf(dist(`${local}/llm/Deployment.ollama`)).spec.initContainers;
    expect(wait.env).toContainEqual({ name: 'MODEL_MARK', value: variable(job ?? dist(''), 'OLLAMA_PULL') });
  },
  17: () => {
    for (const target of targetsWithChat) {
      expect(dist(`${target}/gpt/Service.mongodb`).spec.ports[0]).toMatchObject({ port: 27017, targetPort: 'mongodb' });
      expect(container(dist(`${target}/gpt/StatefulSet.mongodb`)).ports).toContainEqual({ name: 'mongodb', containerPort: 27017 });
      expect(dist(`${target}/gpt/ConfigMap.mongodb-config`).data['mongod.yaml']).toMatch(
        /\nsecurity:\n.*\n {2}keyFile: \/run\/mongodb\/keyfile\n/s,
      );
      expect(dist(`${target}/gpt/Service.mongodb`).spec.clusterIP).toBe('None');
    }
    expect(dist('prod/eu-west-1/gpt/StatefulSet.mongodb').spec.replicas).toBe(3);
    expect(dist(`${app}/StatefulSet.mongodb`).spec.replicas).toBe(1);
  },
  18: () => {
    expect(dist(`${local}/llm/Service.ollama`).spec.ports).toEqual([{ name: 'http', port: 11434, targetPort: 'http' }]);
    expect(variable(dist(`${local}/llm/Deployment.ollama`), 'OLLAMA_HOST')).toBe('0.0.0.0:11434');
  },
  19: () => {
    const [job] = allIn(`dist/${local}/llm-models`, 'Job');

    expect(variable(job ?? dist(''), 'OLLAMA_PULL')).toBe('tinyllama=tinyllama:1.1b gemma3=gemma3:4b');
    // Ollama takes a name without a tag for `latest`.
    expect(dist(`${local}/llm-models/ConfigMap.model-pull-scripts`).data['pull-models.sh']).toMatch(/ollama cp "\S+#\*=\}" "\S+%%=\*\}"/);
    expect(variable(dist(`${app}/Deployment.chat-service`), 'LLM_MODEL')).toBe('gemma3');
    for (const name of ['tinyllama', 'gemma3'])
      expect(text(`dist/${local}/litellm/ConfigMap.litellm-config.yaml`)).toContain(`model: ollama_chat/${name}\n`);
  },
  20: () => {
    expect(dist(`${local}/llm-models/PersistentVolumeClaim.model-store`).spec.resources.requests.storage).toBe('50Gi');
    expect(podOf(dist(`${local}/llm/Deployment.ollama`)).spec.volumes).toContainEqual(
      expect.objectContaining({ persistentVolumeClaim: { claimName: 'model-store', readOnly: true } }),
    );
  },
  21: () => {
    const sizes = { 'dev/local': ['10Gi', '2Gi'], 'staging/eu-west-1': ['20Gi', '5Gi'], 'prod/eu-west-1': ['100Gi', '10Gi'] };
    for (const [target, claimed] of Object.entries(sizes)) {
      const sets = ['mongodb', 'gpt-redis'].map((name) => dist(`${target}/gpt/StatefulSet.${name}`));

      expect(sets.map(({ spec }) => spec.volumeClaimTemplates[0].spec.resources.requests.storage)).toEqual(claimed);
      for (const { metadata, spec } of sets) {
        expect(spec.volumeClaimTemplates[0].spec).toMatchObject({ accessModes: ['ReadWriteOnce'], storageClassName: 'data-block' });
        expect(spec.persistentVolumeClaimRetentionPolicy).toEqual({ whenDeleted: 'Retain', whenScaled: 'Retain' });
        expect(metadata.annotations?.['argocd.argoproj.io/sync-options']).toBe('Prune=false,Delete=false');
      }
    }
    expect(dist('prod/eu-west-1/backup/Schedule.daily').spec.template.includedNamespaces).toContain('gpt');
  },
};
