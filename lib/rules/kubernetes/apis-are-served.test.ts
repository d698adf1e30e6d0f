import { problems } from '../testing/problems';

const served = (id: string, apiVersion: string) => problems('apis-are-served', ({ get }) => Object.assign(get(id), { apiVersion }));

test('accepts what every supported version serves', () => {
  expect(problems('apis-are-served')).toEqual([]);
});

test('fails for a version that is gone', () => {
  expect(served('PodDisruptionBudget/web', 'policy/v1beta1')).toEqual([
    'PodDisruptionBudget/web: /apiVersion is "policy/v1beta1", which Kubernetes 1.25 no longer serves: PodDisruptionBudget is policy/v1',
  ]);
});

test('fails for a version that never was, and for an unknown kind', () => {
  expect(served('Deployment/web', 'apps/v2')).toEqual([
    'Deployment/web: /apiVersion is "apps/v2", which is not supported here: Deployment is apps/v1',
  ]);
  expect(problems('apis-are-served', ({ get }) => Object.assign(get('Deployment/web'), { kind: 'Deploiment' }))).toEqual([
    expect.stringMatching(
      /^Deploiment\/web: \/kind is "Deploiment", a kind that neither Kubernetes nor an addon has \(there: Deployment, /,
    ),
  ]);
});
