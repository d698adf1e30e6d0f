import { problems } from '../testing/problems';

const POD = '/spec/template/spec';

test('fails for a spread that counts other pods', () => {
  expect(
    problems('spread-matches', ({ get }) => {
      get('Deployment/web').spec.template.spec.topologySpreadConstraints[0].labelSelector.matchLabels = { app: 'web' };
    }),
  ).toEqual([`Deployment/web: ${POD}/topologySpreadConstraints/0/labelSelector is app=web, which the pods themselves do not carry`]);
});

const affinity = (value: object) =>
  problems('spread-matches', ({ get }) => {
    get('Deployment/web').spec.template.spec.affinity = value;
  });
const term = (value: string, namespaces?: string[]) => ({
  topologyKey: 'kubernetes.io/hostname',
  labelSelector: { matchLabels: { 'slipway.dev/workload': value } },
  ...(namespaces === undefined ? {} : { namespaces }),
});

test('fails for affinities to pods that do not exist', () => {
  const required = 'requiredDuringSchedulingIgnoredDuringExecution';
  const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';

  expect(
    affinity({ podAntiAffinity: { [required]: [term('webs')] }, podAffinity: { [preferred]: [{ podAffinityTerm: term('model') }] } }),
  ).toEqual([
    `Deployment/web: ${POD}/affinity/podAntiAffinity/${required}/0/labelSelector is slipway.dev/workload=webs, which no pods carry`,
    `Deployment/web: ${POD}/affinity/podAffinity/${preferred}/0/podAffinityTerm/labelSelector is slipway.dev/workload=model, which no pods carry`,
  ]);
});

test('accepts an affinity to pods of another namespace', () => {
  expect(affinity({ podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term('model', ['llm'])] } })).toEqual([]);
});
