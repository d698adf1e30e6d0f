import { problems } from '../testing/problems';
import type { Drafts } from '../testing/sample-target';

const marker = (change: (drafts: Drafts) => void) => problems('release-marker-matches', change);

test('accepts the checksum that Flagger computes', () => {
  expect(marker(() => {})).toEqual([]);
});

test('fails for a marker that changed without its checksum', () => {
  expect(
    marker(({ get }) => {
      get('ConfigMap/model-release').data.revision = '8a1b2c';
    }),
  ).toEqual([
    'Canary/model: /metadata/annotations/slipway.dev~1marker-checksum is e96ea069f4af5a7c, but Flagger will record df16216e8a735080 for ConfigMap "model-release"',
  ]);
});

test('fails without the annotations, or without the ConfigMap', () => {
  expect(marker(({ get }) => delete get('Canary/model').metadata.annotations)).toEqual([
    'Canary/model: /metadata/annotations/slipway.dev~1marker-configmap is missing',
  ]);
  expect(marker(({ remove }) => remove('ConfigMap/model-release'))).toEqual([
    'Canary/model: /metadata/annotations/slipway.dev~1marker-configmap names ConfigMap "model-release", which does not exist in llm',
  ]);
});

test('fails for a marker that Flagger does not look at', () => {
  expect(
    marker(({ get }) => {
      delete get('Deployment/model').spec.template.spec.containers[0].envFrom;
      get('ConfigMap/model-release').metadata.annotations = { 'flagger.app/config-tracking': 'disabled' };
    }),
  ).toEqual([
    'Deployment/model: /spec/template/spec/containers/0/envFrom does not refer to ConfigMap "model-release": Flagger tracks only what pods read',
    'ConfigMap/model-release: /metadata/annotations/flagger.app~1config-tracking is "disabled": Flagger would record no checksum of the marker',
  ]);
});

test('fails for values that Go writes differently', () => {
  expect(
    marker(({ get }) => {
      get('ConfigMap/model-release').data.model = 'meta<llama>';
    }),
  ).toEqual([
    'ConfigMap/model-release: /data/model is "meta<llama>": Flagger encodes other characters than letters, digits, ".", "_" and "-" differently',
  ]);
});
