import { catalog } from '../../lib/models/catalog';
import { knownNames } from '../../lib/plan';
import { readReleases, releaseFiles } from '../../lib/releases/releases';
import type { Checks } from '../acceptance';
import { allIn, dist, filesIn, named, page, text, yamlIn } from '../read';
import { podOf, variable } from '../workloads';
import { apiTargets } from './regions';

const pin = () => yamlIn('releases/prod.yaml').models['llama-2-70b-chat-awq'];
const variables = (list: { name: string; value?: string }[]) => Object.fromEntries(list.map(({ name, value }) => [name, value]));

/** The Job that fetches a target's model. */
function fetchJob(target: string) {
  const [job] = allIn(`dist/${target}/llm-models`, 'Job');
  if (job === undefined) throw new Error(`Cannot find a Job in the models of "${target}"`);
  return podOf(job).spec;
}

/** Every pod of a target that reads a key of a Secret, by name of the workload. */
function readersOf(target: string, key: string): string[] {
  return allIn(`dist/${target}`)
    .filter((object) => JSON.stringify(podOf(object)?.spec ?? {}).includes(`"key":"${key}"`))
    .map(({ metadata }) => metadata.labels?.['app.kubernetes.io/name'] ?? metadata.name);
}

/** Where models come from, and what is configured. */
export const models: Checks = {
  67: () => {
    for (const target of apiTargets) {
      expect(dist(`${target}/foundation/StorageClass.model-shared`)).toMatchObject({
        provisioner: 'efs.csi.aws.com',
        reclaimPolicy: 'Retain',
      });
      expect(dist(`${target}/foundation/StorageClass.model-shared`).parameters.fileSystemId).toMatch(/^fs-/);
    }
    expect(allIn('dist', 'PersistentVolume')).toEqual([]);
    expect(filesIn('dist').filter((path) => text(path).includes('nfs-server'))).toEqual([]);
  },

  68: () => {
    for (const target of apiTargets)
      expect(dist(`${target}/llm-models/PersistentVolumeClaim.model-store`)).toMatchObject({
        metadata: { namespace: 'llm' },
        spec: { accessModes: ['ReadWriteMany'], resources: { requests: { storage: '200Gi' } }, storageClassName: 'model-shared' },
      });
  },

  69: () => {
    for (const target of apiTargets) {
      const mirror = variables(
        named<{ name: string; env: { name: string; value?: string }[] }>(fetchJob(target).initContainers, 'mirror').env,
      );
      const fetch = variables(fetchJob(target).containers[0].env);

      expect(mirror['MODEL_BUCKET']).toBe(`llm-models-${target.slice('prod/'.length)}`);
      expect(fetch['MODEL_REPOSITORY']).toBe('TheBloke/Llama-2-70B-Chat-AWQ');
    }
  },

  70: () => {
    const { sha256 } = pin();

    for (const target of apiTargets) {
      const script: string = dist(`${target}/llm-models/ConfigMap.model-fetch-scripts`).data['fetch-model.sh'];

      expect(variables(fetchJob(target).containers[0].env)['MODEL_MARK']).toBe(sha256 === 'unresolved' ? '' : sha256);
      expect(script).toContain('sha256sum');
      expect(script).toMatch(/"\$found" != "\$MODEL_MARK" \]; then\n.*\n.*rm -rf "\$incoming"\n.*exit 1/);
      expect(dist(`${target}/llm/ConfigMap.llm-service-config`).data['wait-for-model.sh']).toContain('$MODELS/$MODEL_FOLDER/.verified');
    }
  },

  71: () => {
    const folder = `llama-2-70b-chat-awq/${pin().revision}`;

    for (const target of apiTargets) {
      expect(variables(fetchJob(target).containers[0].env)['MODEL_FOLDER']).toBe(folder);
      expect(variables(fetchJob(target).initContainers[0].env)['MODEL_PREFIX']).toBe(`models/${folder}`);
      expect(dist(`${target}/llm/ConfigMap.llm-service-release`).data.revision).toBe(pin().revision);
    }
  },

  72: () => {
    expect(Object.keys(pin())).toEqual(['source', 'revision', 'sha256', 'size']);
    expect(pin()).toMatchObject({ revision: expect.stringMatching(/^[0-9a-f]{40}$/), size: '36.6 GB' });
    expect(catalog['llama-2-70b-chat-awq']).toMatchObject({ framework: 'pytorch', quantization: { method: 'awq', bits: 4 } });
    expect(page('how-to/names')).toContain('| `metadata.json` of a version | the pin in `releases/`');
  },

  73: () => {
    expect(page('how-to/promote-a-pin')).toContain('Copy the whole pin, digest included: what was tested is what runs');
    expect(page('how-to/names')).toContain('| `promotions/<environment>/` | pull requests that move a pin');
    expect(pin().revision).toBe(yamlIn('releases/staging.yaml').models['llama-2-70b-chat-awq'].revision);
  },

  74: () => {
    const files = releaseFiles('releases').map((file) => ({
      ...file,
      text: file.text.replace('llama-2-70b-chat-awq:', 'llama-4-70b:'),
    }));

    expect(() => readReleases(files, knownNames)).toThrow(/llama-4-70b/);
    expect(() => readReleases(releaseFiles('releases'), knownNames)).not.toThrow();
  },

  75: () => {
    const templates = allIn('dist', 'ConfigMap').filter((object) => JSON.stringify(object).includes('.Values'));

    expect(templates).toEqual([]);
    expect(text('lib/llm/llm-settings.ts')).toMatch(/maxNumSeqs: number;[\s\S]*maxNumBatchedTokens: number;/);
  },

  76: () => {
    for (const target of apiTargets) {
      expect(dist(`${target}/litellm/ExternalSecret.litellm-secrets`).spec.target.template.data.DATABASE_URL).toMatch(
        /@postgresql-rw\.litellm\.svc\.cluster\.local:5432\/litellm\?sslmode=require$/,
      );
      expect(variable(dist(`${target}/litellm/Deployment.litellm`), 'DATABASE_URL')).toBe('litellm-secrets/DATABASE_URL');
      expect(readersOf(target, 'DATABASE_URL').sort()).toEqual(['litellm', 'litellm-migration']);
    }
  },

  77: () => {
    for (const target of apiTargets) {
      const { data, target: secret } = dist(`${target}/llm/ExternalSecret.llm-secrets`).spec;

      expect(secret.name).toBe('llm-secrets');
      expect(data).toEqual([{ secretKey: 'api-key', remoteRef: { key: 'llm-api-key' } }]);
      expect(variable(dist(`${target}/llm/Deployment.llm-service`), 'VLLM_API_KEY')).toBe('llm-secrets/api-key');
      expect(variable(dist(`${target}/llm/Deployment.flagger-loadtester`), 'ENGINE_API_KEY')).toBe('llm-secrets/api-key');
      expect(variable(dist(`${target}/litellm/Deployment.litellm`), 'LLM_API_KEY')).toBe('litellm-secrets/LLM_API_KEY');
      expect(dist(`${target}/litellm/ExternalSecret.litellm-secrets`).spec.data).toContainEqual({
        secretKey: 'LLM_API_KEY',
        remoteRef: { key: 'llm-api-key' },
      });
    }
  },

  78: () => {
    for (const target of apiTargets) {
      expect(dist(`${target}/llm-models/ExternalSecret.model-registry`).spec.data).toEqual([
        { secretKey: 'model-registry-token', remoteRef: { key: 'model-registry-token' } },
      ]);
      expect(readersOf(target, 'model-registry-token')).toEqual(['model-fetch']);
    }
  },

  79: () => {
    for (const target of apiTargets) {
      const marker = dist(`${target}/llm/ConfigMap.llm-service-release`);
      const canary = dist(`${target}/llm/Canary.llm-service`);

      expect(marker.data.template).toMatch(/^[0-9a-f]{16}$/);
      expect(canary.metadata.annotations).toMatchObject({ 'slipway.dev/marker-configmap': 'llm-service-release' });
      expect(dist(`${target}/llm/Deployment.llm-service`).spec.template.spec.containers[0].envFrom).toEqual([
        { configMapRef: { name: 'llm-service-release' }, prefix: 'RELEASE_' },
      ]);
      expect(canary.spec.analysis.threshold).toBe(5);
    }
  },
};
