import { problems } from '../testing/problems';
import type { Draft } from '../testing/sample-target';

const changed = (change: (spec: Draft) => void) => problems('provider-fits', ({ get }) => change(get('Canary/model').spec));

test('accepts weights and blue/green on a gateway', () => {
  expect([
    ...changed(() => {}),
    ...changed(({ analysis }) => {
      delete analysis.stepWeights;
      analysis.iterations = 10;
    }),
  ]).toEqual([]);
});

test('fails for a provider that is missing or unknown', () => {
  expect(changed((spec) => delete spec.provider)).toEqual([
    "Canary/model: /spec/provider is missing: Flagger's default for the cluster would decide",
  ]);
  expect(
    changed((spec) => {
      spec.provider = 'kong';
    }),
  ).toEqual(['Canary/model: /spec/provider is "kong", which Flagger does not know and takes for Istio']);
});

test('fails for a gateway provider without gateway and hosts', () => {
  expect(
    changed(({ service }) => {
      delete service.gatewayRefs;
      service.hosts = [];
    }),
  ).toEqual([
    'Canary/model: /spec/service/gatewayRefs is missing: the route would belong to no gateway',
    'Canary/model: /spec/service/hosts is missing: the route would answer to every host of the gateway',
  ]);
});

test('fails for what Kong does not do', () => {
  expect(
    changed(({ service, analysis }) => {
      service.mirror = [{ backendRef: { name: 'shadow' } }];
      service.corsPolicy = {};
      service.match = [{ queryParams: { version: { exact: '2' } } }];
      analysis.sessionAffinity = { cookieName: 'model' };
    }),
  ).toHaveLength(4);
});

test('fails for weights without a gateway', () => {
  expect(
    changed((spec) => {
      spec.provider = 'kubernetes';
    }),
  ).toEqual([
    'Canary/model: /spec/analysis/iterations is missing: without a gateway only iterations work',
    'Canary/model: /spec/analysis/stepWeights is set, but nothing weighs traffic without a gateway',
  ]);
});

test('fails for nginx without its Ingress', () => {
  expect(
    changed((spec) => {
      spec.provider = 'nginx';
    }),
  ).toEqual(['Canary/model: /spec/ingressRef is missing: Flagger copies this Ingress for the canary']);
});
