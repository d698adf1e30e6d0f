import type { Checks } from '../acceptance';
import { allIn, dist, filesIn, page, yamlIn } from '../read';
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

/** Structure, services and what they stand on. */
export const services: Checks = {
  1: () => {
    expect(filesIn('lib').filter((path) => /\.(py|svelte)$/.test(path) || path.endsWith('Dockerfile'))).toEqual([]);
    expect(page('architecture')).toContain("a service's own repository builds an image into a registry");
  },
  2: () => {
    const { scripts } = yamlIn('package.json');

    expect(Object.values<string>(scripts).filter((script) => /\.(sh|ps1)\b|bash /.test(script))).toEqual([]);
    expect(page('how-to/develop-locally')).toContain('On Windows use WSL');
  },
  3: () => expect(allIn(`dist/${app}`, 'Deployment').map(({ metadata }) => metadata.name)).toEqual([...serviceNames]),
  4: serves('admin-service'),
  5: () => {
    const scripts = allIn(`dist/${app}`, 'Job').filter((object) => JSON.stringify(object).includes('kong'));

    expect(scripts).toEqual([]);
    expect(allIn(`dist/${app}`, 'HTTPRoute').map(({ metadata }) => metadata.name)).toEqual(['chat', 'sign-in']);
    expect(allIn(`dist/${app}`, 'KongPlugin').map(({ plugin }) => plugin)).toEqual(expect.arrayContaining(['jwt', 'rate-limiting']));
  },
  6: serves('auth-service'),
  7: () => {
    expect(variable(dist(`${app}/Deployment.auth-service`), 'JWT_SECRET')).toBe('auth-service-secrets/JWT_SECRET');
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
  },
  9: () => {
    for (const name of serviceNames) {
      const volumes: { emptyDir?: object }[] = podOf(dist(`${app}/Deployment.${name}`)).spec.volumes;

      expect(volumes.filter(({ emptyDir }) => emptyDir === undefined)).toEqual([]);
      expect(container(dist(`${app}/Deployment.${name}`)).env).toContainEqual({ name: 'PYTHONUNBUFFERED', value: '1' });
    }
    expect(page('how-to/develop-locally')).toContain('kubectl -n gpt logs -l app.kubernetes.io/name=chat-service -f');
  },
  10: () => {
    const images = serviceNames.map((name) => container(dist(`${app}/Deployment.${name}`)).image);

    expect(images.map((image: string) => image.replace(/^.*\/([\w-]+):.*$/, '$1'))).toEqual([...serviceNames]);
  },
  11: () => {
    for (const name of serviceNames)
      expect(container(dist(`${app}/Deployment.${name}`)).command.join(' ')).toBe(
        `uvicorn app.main:app --host 0.0.0.0 --port ${ports[name]}`,
      );
  },
  14: () => {
    const [job] = allIn(`dist/${local}/llm-models`, 'Job');

    expect(job?.metadata.name).toMatch(/^model-pull-/);
    expect(job?.metadata.annotations?.['argocd.argoproj.io/sync-wave']).toBe('-1');
    expect(dist(`${local}/llm-models/ConfigMap.model-pull-scripts`).data['pull-models.sh']).toContain('ollama pull');
  },
  17: () => {
    for (const target of targetsWithChat) {
      expect(dist(`${target}/gpt/Service.mongodb`).spec.ports[0]).toMatchObject({ port: 27017, targetPort: 'mongodb' });
      expect(container(dist(`${target}/gpt/StatefulSet.mongodb`)).ports).toContainEqual({ name: 'mongodb', containerPort: 27017 });
      expect(dist(`${target}/gpt/ConfigMap.mongodb-config`).data['mongod.yaml']).toMatch(/keyFile|authorization: enabled/);
    }
    expect(dist('prod/eu-west-1/gpt/StatefulSet.mongodb').spec.replicas).toBe(3);
    expect(dist(`${app}/StatefulSet.mongodb`).spec.replicas).toBe(1);
  },
  18: () => expect(dist(`${local}/llm/Service.ollama`).spec.ports[0].port).toBe(11434),
  19: () => {
    const [job] = allIn(`dist/${local}/llm-models`, 'Job');

    expect(container(job ?? dist('')).env).toContainEqual({ name: 'OLLAMA_PULL', value: 'tinyllama:1.1b gemma3:4b' });
    expect(variable(dist(`${app}/Deployment.chat-service`), 'LLM_MODEL')).toBe('gemma3');
  },
  20: () => {
    expect(dist(`${local}/llm-models/PersistentVolumeClaim.model-store`).spec.resources.requests.storage).toBe('50Gi');
    expect(podOf(dist(`${local}/llm/Deployment.ollama`)).spec.volumes).toContainEqual(
      expect.objectContaining({ persistentVolumeClaim: { claimName: 'model-store', readOnly: true } }),
    );
  },
  21: () => {
    const claimOf = (path: string) => dist(path).spec.volumeClaimTemplates[0].spec;

    expect(claimOf(`${app}/StatefulSet.mongodb`)).toMatchObject({ accessModes: ['ReadWriteOnce'], storageClassName: 'data-block' });
    expect(dist(`${app}/StatefulSet.mongodb`).spec.persistentVolumeClaimRetentionPolicy).toEqual({
      whenDeleted: 'Retain',
      whenScaled: 'Retain',
    });
  },
};
