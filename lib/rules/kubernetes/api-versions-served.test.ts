import { problems } from '../testing/problems';

const versioned = (id: string, apiVersion: string) =>
  problems('api-versions-served', ({ get }) => {
    get(id).apiVersion = apiVersion;
  });

test('fails for a version that clusters no longer serve', () => {
  expect(versioned('PodDisruptionBudget/web', 'policy/v1beta1')).toEqual([
    'PodDisruptionBudget/web: /apiVersion is policy/v1beta1, which serves no PodDisruptionBudget (there: policy/v1)',
  ]);
  expect(versioned('Canary/model', 'flagger.app/v1alpha3')).toEqual([
    'Canary/model: /apiVersion is flagger.app/v1alpha3, which serves no Canary (there: flagger.app/v1beta1)',
  ]);
});

test('fails for a kind that nobody serves', () => {
  const change = ({ get }: { get: (id: string) => { kind: string } }) => {
    get('ConfigMap/web-config').kind = 'Configmap';
  };

  expect(problems('api-versions-served', change)).toEqual(['Configmap/web-config: /kind is Configmap, a kind that nobody serves in v1']);
});
