import { type ModelPath, modelPath } from '../testing/model-path';
import { problems } from '../testing/problems';
import type { Drafts } from '../testing/sample-target';

const path = (figures?: ModelPath, change: (drafts: Drafts) => void = () => {}) =>
  problems('retries-bounded', (drafts) => {
    modelPath(drafts, figures);
    change(drafts);
  });
const retries = (value: string) => ({ annotations: { 'konghq.com/retries': value } });

test('accepts a second try of one hop', () => {
  expect([...path(), ...path({ litellm: ['  num_retries: 0'], gateway: { primary: retries('1'), canary: retries('1') } })]).toEqual([]);
});

test('fails for hops that all try again, and names the one that tries most', () => {
  expect(path({ gateway: { primary: retries('5'), canary: retries('5') } })).toEqual([
    'Canary/model: /spec/service/primary/annotations/konghq.com~1retries allows 12 tries of one request, more than 2: 1 (Service/web) × 2 (ConfigMap/web-config) × 6 (Canary/model)',
  ]);
});

test("fails for Kong's and LiteLLM's own retries", () => {
  expect(path({}, ({ get }) => delete get('Service/web').metadata.annotations['konghq.com/retries'])).toEqual([
    'Service/web: /metadata/annotations/konghq.com~1retries allows 12 tries of one request, more than 2: 6 (Service/web) × 2 (ConfigMap/web-config) × 1 (Canary/model)',
  ]);
  expect(path({ litellm: [] })).toEqual([
    'ConfigMap/web-config: /data/config.yaml allows 3 tries of one request, more than 2: 1 (Service/web) × 3 (ConfigMap/web-config) × 1 (Canary/model)',
  ]);
});

test('fails for a policy that tries again after some errors', () => {
  expect(path({ litellm: ['  num_retries: 0', '  retry_policy:', '    TimeoutErrorRetries: 3'] })).toHaveLength(1);
});
