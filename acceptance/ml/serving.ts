import { targets as fleet } from '../../lib/environments';
import { gpus } from '../../lib/regions/gpu';
import { find } from '../../lib/testing/manifests';
import type { Checks } from '../acceptance';
import { addon, allIn, dist, filesIn, page } from '../read';
import { varied } from '../variation';
import { variable } from '../workloads';

/** Where KServe serves, in the order in which a model is promoted. */
export const served = ['dev/local', 'staging/eu-west-1', 'prod/eu-west-1'];
export const production = 'prod/eu-west-1';
export const models = (target: string) => allIn(`dist/${target}/ml`, 'InferenceService');
export const model = (target: string, name: string) => dist(`${target}/ml/InferenceService.${name}`);
export const runtime = (target: string, name: string) => dist(`${target}/ml/ServingRuntime.${name}`).spec;

/** Production's models, served by Knative: one of them at a share of the traffic, and one under a path of its own. */
export const withCanary = (exposure: 'kong' | 'knative-domain' = 'kong') =>
  varied(production, (target) => {
    if (target.ml === undefined || target.ml.exposure === 'istio-gateway')
      throw new Error('Cannot serve models by Knative where Kong leads to none');
    const { models: some, ...ml } = target.ml;
    return {
      ...target,
      mesh: 'permissive', // Knative's own parts are no members
      ml: {
        ...ml,
        ...{ mode: 'Knative', exposure },
        models: some.map((one, index) => ({
          ...{
            name: one.name,
            runtime: one.runtime,
            version: 'v2',
            cpus: one.cpus,
            memoryGiB: one.memoryGiB,
            answersWithin: one.answersWithin,
          },
          replicas: { min: 1, max: 4 },
          scale: { metric: 'concurrency', target: 10 },
          ...(index === 0 ? { canaryTrafficPercent: 10, path: '/intents' } : {}),
        })),
      },
    };
  });

/** Production's models behind Istio's gateway. */
export const throughIstio = () =>
  varied(production, (target) => {
    const { ml } = target;
    if (ml?.mode !== 'Standard' || ml.exposure === 'istio-gateway') throw new Error('Cannot exchange the gateway where Kong leads to none');
    const { requestsPerMinute: _, cache: __, exposure: ___, ...others } = ml;
    const clients = { issuer: 'https://login.example.com', audience: 'models', jwksUri: 'https://login.example.com/keys' } as const;
    return { ...target, ml: { ...others, exposure: 'istio-gateway', clients } };
  });

/** Components and models. */
export const serving: Checks = {
  5: () => {
    expect(gpus.t4).toEqual({ memoryGiB: 15, computeCapability: 7.5 });
    expect(gpus.a10).toEqual({ memoryGiB: 22.5, computeCapability: 8.6 });
    expect(page('how-to/serve-a-model-with-kserve')).toContain('each with a T4 or an A10, 8 processors and 32 to 64 GiB');
    expect(dist('prod/us-west-2/foundation/DaemonSet.nvidia-device-plugin-daemonset').spec.template.spec.nodeSelector['node-type']).toBe(
      'gpu',
    );
  },
  7: () => {
    for (const target of served) for (const { spec } of models(target)) expect(spec.predictor.model.storageUri).toMatch(/^s3:\/\//);
  },
  8: () => {
    for (const target of served) {
      expect(addon(target, 'kserve').spec.source.chart).toBe('kserve-resources');
      expect(filesIn(`argocd/${target}`).filter((path) => path.includes('kubeflow'))).toEqual([]);
    }
    expect(withCanary().filter(({ kind }) => kind === 'InferenceService').length).toBe(3);
    expect(find(withCanary(), 'KnativeServing', 'knative-serving').spec.ingress.kourier.enabled).toBe(true);
    expect(addon(production, 'istiod').spec.source.chart).toBe('istiod');
  },
  9: () => {
    const enabled = allIn(`dist/${production}/ml`, 'ServingRuntime').map(({ metadata }) => metadata.name);

    expect(enabled).toEqual(['pytorch', 'sklearn', 'tensorflow', 'triton']);
    expect(allIn('dist/dev/local/ml', 'ServingRuntime').map(({ metadata }) => metadata.name)).toEqual(['sklearn']);
  },
  10: () => {
    for (const target of served) expect(addon(target, 'cert-manager').spec.source.chart).toBe('cert-manager');
  },
  11: () =>
    expect(dist(`${production}/ml/HTTPRoute.toxicity-filter`).spec.parentRefs[0]).toMatchObject({ name: 'public', namespace: 'edge' }),
  13: () => {
    const delivered = allIn(`dist/${production}/ml`, 'ExternalSecret');

    expect(delivered.map(({ metadata }) => metadata.name)).toContain('model-clients');
    expect(new Set(delivered.map(({ spec }) => spec.secretStoreRef.name))).toEqual(new Set(['platform']));
  },
  14: () => {
    const region = fleet.find(({ environment, region: { name } }) => `${environment}/${name}` === production)?.region;

    expect(region).toMatchObject({
      kubernetes: '1.34',
      cloud: { kind: 'aws', region: 'eu-west-1' },
      zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'],
    });
    expect(page('runbooks/first-installation')).toContain('node pools with the labels and taints');
  },
  16: () => {
    const service = find(withCanary(), 'InferenceService', 'intent-classifier');

    expect(service.metadata.annotations?.['serving.kserve.io/deploymentMode']).toBe('Knative');
    expect(find(withCanary(), 'KnativeServing', 'knative-serving').metadata.namespace).toBe('knative-serving');
    for (const target of served) expect(allIn(`dist/${target}`, 'KnativeServing')).toEqual([]);
    expect(page('decisions/0017-kserve-in-standard-mode-and-an-ambient-mesh')).toContain('F. domains of Knative (DomainMapping)');
  },
  17: () => {
    for (const target of served) {
      const revisions = ['kserve', 'kserve-crds'].map((name) => addon(target, name).spec.source.targetRevision);

      expect(new Set(revisions).size).toBe(1);
      expect(revisions[0]).toMatch(/^v0\.\d+\.\d+$/);
    }
  },
  18: () => {
    const format = (name: string) => runtime(production, name).supportedModelFormats[0].name;

    expect(['sklearn', 'triton', 'pytorch'].map(format)).toEqual(['sklearn', 'triton', 'pytorch']);
  },
  19: () => {
    expect(model('dev/local', 'sklearn-iris').spec.predictor.model.modelFormat.name).toBe('sklearn');
    expect(models(production).map(({ metadata }) => metadata.name)).not.toContain('sklearn-iris');
  },
  20: () => {
    expect(dist('staging/eu-west-1/edge/Certificate.ml-tls').spec.issuerRef.name).toBe('letsencrypt-staging');
    expect(dist(`${production}/edge/Certificate.ml-tls`).spec.issuerRef.name).toBe('letsencrypt-prod');
    expect(dist('dev/local/edge/Certificate.kong-ssl-certs').spec.issuerRef.name).toBe('internal-ca');
  },
  21: () => {
    const listener = dist(`${production}/edge/Gateway.public`).spec.listeners.find(({ hostname }: { hostname?: string }) =>
      hostname?.startsWith('models.'),
    );

    expect(listener).toMatchObject({ port: 443, protocol: 'HTTPS', tls: { mode: 'Terminate', certificateRefs: [{ name: 'ml-tls' }] } });
  },
  22: () => {
    for (const target of served) {
      const routes = allIn(`dist/${target}/ml`, 'HTTPRoute');

      expect(dist(`${target}/ml/KongPlugin.model-clients`)).toMatchObject({ plugin: 'jwt', config: { claims_to_verify: ['exp'] } });
      expect(routes.length).toBe(models(target).length);
      for (const { metadata } of routes) expect(metadata.annotations?.['konghq.com/plugins']).toContain('model-clients');
    }
    const published = throughIstio();
    expect(find(published, 'RequestAuthentication', 'model-clients').spec.jwtRules).toMatchObject([
      { issuer: 'https://login.example.com', audiences: ['models'], jwksUri: 'https://login.example.com/keys' },
    ]);
    expect(find(published, 'AuthorizationPolicy', 'model-clients').spec).toMatchObject({
      action: 'DENY',
      rules: [{ from: [{ source: { notRequestPrincipals: ['https://login.example.com/*'] } }] }],
    });
  },
  23: () => {
    expect(model('dev/local', 'sklearn-iris').spec.predictor.model.storageUri).toBe('s3://models/ml/sklearn-iris/v1');
    expect(dist('dev/local/ml/Deployment.minio').spec.template.spec.containers[0].image).toMatch(/minio\/minio:/);
    expect(model(production, 'toxicity-filter').spec.predictor.model.storageUri).toBe('s3://llm-models-eu-west-1/ml/toxicity-filter/v1');
    expect(allIn(`dist/${production}/ml`, 'Deployment')).toEqual([]);
  },
  24: () => {
    for (const target of ['staging/eu-west-1', production]) {
      expect(dist(`${target}/ml/ServiceAccount.ml-models`).metadata.annotations?.['eks.amazonaws.com/role-arn']).toMatch(
        /:role\/ml-models$/,
      );
      for (const { spec } of models(target)) expect(spec.predictor.serviceAccountName).toBe('ml-models');
    }
    expect(variable(dist('dev/local/ml/Deployment.minio'), 'MINIO_ROOT_PASSWORD')).toBe('minio-credentials/AWS_SECRET_ACCESS_KEY');
  },
};
