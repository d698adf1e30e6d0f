import { problems } from '../testing/problems';
import type { Draft } from '../testing/sample-target';

const FIELD = 'Deployment/web: /metadata/namespace';
const policy = (change: (spec: Draft) => void) => problems('default-deny', ({ get }) => change(get('NetworkPolicy/default-deny').spec));

test('fails for a namespace without such a policy', () => {
  expect(problems('default-deny', ({ remove }) => remove('NetworkPolicy/default-deny'))).toEqual([
    `${FIELD} is app, a namespace without a NetworkPolicy that denies all ingress`,
    `${FIELD} is app, a namespace without a NetworkPolicy that denies all egress`,
  ]);
});

test('fails for a policy of one direction, for some pods, and for one that allows everything', () => {
  expect(policy((spec) => void Object.assign(spec, { policyTypes: ['Ingress'] }))).toEqual([
    `${FIELD} is app, a namespace without a NetworkPolicy that denies all egress`,
  ]);
  expect(policy((spec) => void Object.assign(spec, { podSelector: { matchLabels: { app: 'web' } } }))).toHaveLength(2);
  expect(policy((spec) => void Object.assign(spec, { egress: [{}] }))).toEqual([
    `${FIELD} is app, a namespace without a NetworkPolicy that denies all egress`,
  ]);
});

test('accepts one policy for each direction', () => {
  expect(
    problems('default-deny', ({ get, add }) => {
      const ingress = get('NetworkPolicy/default-deny');
      add({
        ...structuredClone(ingress),
        metadata: { name: 'deny-egress', namespace: 'app' },
        spec: { podSelector: {}, policyTypes: ['Egress'] },
      });
      ingress.spec.policyTypes = ['Ingress'];
    }),
  ).toEqual([]);
});
