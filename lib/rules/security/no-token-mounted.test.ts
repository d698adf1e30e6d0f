import { problems } from '../testing/problems';

test('fails for a pod with a token', () => {
  expect(
    problems('no-token-mounted', ({ get }) => {
      get('Deployment/web').spec.template.spec.automountServiceAccountToken = true;
    }),
  ).toEqual(['Deployment/web: /spec/template/spec/automountServiceAccountToken is not false']);
});

test('fails for a pod that leaves it to an account that mounts one', () => {
  expect(
    problems('no-token-mounted', ({ get }) => {
      delete get('Deployment/web').spec.template.spec.automountServiceAccountToken;
      delete get('ServiceAccount/web').automountServiceAccountToken;
    }),
  ).toHaveLength(1);
});

test('accepts a pod that leaves it to an account without one', () => {
  expect(
    problems('no-token-mounted', ({ get }) => {
      delete get('Deployment/web').spec.template.spec.automountServiceAccountToken;
    }),
  ).toEqual([]);
});
