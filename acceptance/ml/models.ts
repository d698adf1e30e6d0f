import { find } from '../../lib/testing/manifests';
import type { Checks } from '../acceptance';
import { allIn, dist, filesIn, page, targets, text, valuesOf } from '../read';
import { varied } from '../variation';
import { model, models, production, runtime, served, throughIstio, withCanary } from './serving';

const pathOf = (target: string, name: string): string => dist(`${target}/ml/HTTPRoute.${name}`).spec.rules[0].matches[0].path.value;

/** Models, their versions and their ways in. */
export const published: Checks = {
  29: () => {
    expect(models(production).map(({ metadata }) => metadata.name)).toEqual(['intent-classifier', 'language-detector', 'toxicity-filter']);
    for (const { metadata, spec } of models(production))
      expect(spec.predictor.model.storageUri).toBe(`s3://llm-models-eu-west-1/ml/${metadata.name}/v1`);
  },
  31: () => {
    const { spec, metadata } = find(withCanary(), 'InferenceService', 'intent-classifier');

    expect(spec.predictor.canaryTrafficPercent).toBe(10);
    expect(spec.traffic).toBeUndefined();
    expect(metadata.annotations?.['serving.kserve.io/deploymentMode']).toBe('Knative');
  },
  37: () => {
    expect(model('dev/local', 'sklearn-iris')).toMatchObject({
      apiVersion: 'serving.kserve.io/v1beta1',
      metadata: { namespace: 'ml' },
      spec: {
        predictor: { model: { modelFormat: { name: 'sklearn' }, runtime: 'sklearn', storageUri: 's3://models/ml/sklearn-iris/v1' } },
      },
    });
    expect(models('dev/local')[0]?.spec.predictor.sklearn).toBeUndefined();
  },
  38: () => expect(page('how-to/serve-a-model-with-kserve')).toContain('kubectl -n ml get inferenceservice <model>'),
  39: () => {
    const published = throughIstio();
    const { host, gateway } = { host: `models.eu-west-1.api.llm-production.com`, gateway: find(published, 'Gateway', 'ml') };

    expect(find(published, 'VirtualService', 'toxicity-filter').spec).toMatchObject({
      gateways: ['istio-ingress/ml'],
      hosts: [host],
      http: [
        {
          match: [{ uri: { exact: '/v2/models/toxicity-filter/infer' } }, { uri: { prefix: '/v2/models/toxicity-filter/infer/' } }],
          route: [{ destination: { host: 'toxicity-filter-api.ml.svc.cluster.local', port: { number: 80 } } }],
          ...{ timeout: '70s', retries: { attempts: 1 } },
        },
      ],
    });
    expect([gateway.apiVersion, gateway.metadata.namespace]).toEqual(['networking.istio.io/v1', 'istio-ingress']);
    expect(gateway.spec.servers).toMatchObject([
      { port: { number: 80 }, tls: { httpsRedirect: true } },
      { port: { number: 443 }, tls: { mode: 'SIMPLE', credentialName: 'ml-tls' } },
    ]);
    expect(find(published, 'Certificate', 'ml-tls')).toMatchObject({
      metadata: { namespace: 'istio-ingress' },
      spec: { dnsNames: [host] },
    });
    expect(published.some(({ kind, metadata }) => kind === 'HTTPRoute' && metadata.namespace === 'ml')).toBe(false);
    expect(targets().flatMap((target) => allIn(`dist/${target}`, 'VirtualService'))).toEqual([]);
  },
  40: () => {
    const mapped = withCanary('knative-domain');
    const domain = `intent-classifier.${dist(`${production}/ml/HTTPRoute.intent-classifier`).spec.hostnames[0]}`;

    expect(find(mapped, 'DomainMapping', domain)).toMatchObject({
      apiVersion: 'serving.knative.dev/v1beta1',
      spec: { ref: { kind: 'Service', name: 'intent-classifier-predictor', namespace: 'ml' } },
    });
    expect(find(mapped, 'ClusterDomainClaim', domain).spec).toEqual({ namespace: 'ml' });
    expect(find(mapped, 'Service', 'intent-classifier-api').metadata.annotations?.['konghq.com/host-header']).toBe(domain);
    expect(find(mapped, 'HTTPRoute', 'intent-classifier').metadata.annotations?.['konghq.com/plugins']).toContain('model-clients');
    expect(targets().flatMap((target) => allIn(`dist/${target}`, 'DomainMapping'))).toEqual([]);
  },
  41: () => {
    for (const target of served)
      expect(dist(`${target}/ml/HTTPRoute.${models(target)[0]?.metadata.name}`).spec.parentRefs[0].name).toBe('public');
    expect(text('lib/ml/ml-settings.ts')).toContain("@default 'kong'");
    expect(valuesOf(production, 'kserve').kserve.controller.gateway).toMatchObject({
      disableIngressCreation: true,
      disableIstioVirtualHost: true,
    });
  },
  42: () => {
    expect(model(production, 'language-detector').spec.predictor.model.modelFormat.name).toBe('tensorflow');
    expect(pathOf(production, 'language-detector')).toBe('/v1/models/language-detector:predict');
  },
  43: () => {
    expect(runtime(production, 'pytorch').containers[0].image).toMatch(/tritonserver:/);
    expect(model(production, 'toxicity-filter').spec.predictor.model).toMatchObject({ runtime: 'pytorch', protocolVersion: 'v2' });
    expect(pathOf(production, 'toxicity-filter')).toBe('/v2/models/toxicity-filter/infer');
  },
  44: () => {
    expect(pathOf('dev/local', 'sklearn-iris')).toBe('/v1/models/sklearn-iris:predict');
    expect(pathOf(production, 'intent-classifier')).toBe('/v1/models/intent-classifier:predict');
  },
  45: () => {
    const { rules } = find(withCanary(), 'HTTPRoute', 'intent-classifier').spec;

    expect(rules[0].matches[0].path.value).toBe('/intents');
    expect(text('lib/ml/ml-settings.ts')).toMatch(/readonly path\?: /);
  },
  46: () => {
    for (const { spec } of models(production)) {
      expect(spec.predictor).toMatchObject({ minReplicas: 2, maxReplicas: 4, scaleMetric: 'cpu', scaleTarget: 70 });
    }
    expect(find(withCanary(), 'InferenceService', 'intent-classifier').spec.predictor).toMatchObject({
      minReplicas: 1,
      maxReplicas: 4,
      scaleMetric: 'concurrency',
      scaleTarget: 10,
    });
  },
  47: () => {
    expect(find(withCanary(), 'InferenceService', 'intent-classifier').spec.predictor.canaryTrafficPercent).toBe(10);
    expect(find(withCanary(), 'InferenceService', 'toxicity-filter').spec.predictor.canaryTrafficPercent).toBeUndefined();
    for (const { spec } of models(production)) expect(spec.predictor.canaryTrafficPercent).toBeUndefined();
  },
  48: () => {
    for (const target of served)
      for (const { spec } of models(target)) {
        expect(Object.keys(spec.predictor.model.resources.limits)).toEqual(['cpu', 'memory']);
        expect(spec.predictor.model.resources.requests.memory).toBe(spec.predictor.model.resources.limits.memory);
      }
    const accelerated = varied(production, (target) => {
      if (target.ml?.mode !== 'Standard') throw new Error('Cannot give a GPU to a model of another mode');
      return { ...target, ml: { ...target.ml, models: target.ml.models.map((one) => ({ ...one, gpus: 1 })) } };
    });
    expect(find(accelerated, 'InferenceService', 'toxicity-filter').spec.predictor.model.resources.limits['nvidia.com/gpu']).toBeDefined();
  },
  50: () => {
    for (const target of served)
      for (const { metadata } of allIn(`dist/${target}/ml`, 'Service').filter(({ metadata: { name } }) => name.endsWith('-api')))
        expect(metadata.annotations?.['konghq.com/retries']).toBe('1');
    expect(dist(`${production}/litellm/ConfigMap.litellm-config`).data['config.yaml']).toMatch(
      /num_retries: 1\n {2}retry_policy:\n {4}TimeoutErrorRetries: 0/,
    );
    expect(page('how-to/serve-a-model-with-kserve')).toContain(
      'Clients try again by themselves, after a pause that grows, on 429, 502 and 503',
    );
  },
  59: () => {
    expect(page('how-to/serve-a-model-with-kserve')).toContain('another file is another version');
    expect(targets().filter((target) => filesIn(`dist/${target}`).some((path) => path.includes('/ml/InferenceService')))).toEqual(
      expect.arrayContaining(served),
    );
    expect(find(withCanary(), 'InferenceService', 'intent-classifier').spec.predictor.model.storageUri).toMatch(/\/v2$/);
  },
};
