import { problems } from '../testing/problems';

const SAFE = 'cluster-autoscaler.kubernetes.io/safe-to-evict';
const AT = '/spec/template/metadata/annotations';
const annotated = (id: string, annotations: object) =>
  problems('evictions-are-chosen', ({ get }) => {
    get(id).spec.template.metadata.annotations = annotations;
  });

test('accepts engines that stay, and other pods that may be moved', () => {
  expect(annotated('Deployment/model', { [SAFE]: 'false' })).toEqual([]);
  expect(annotated('Deployment/model', { 'karpenter.sh/do-not-disrupt': 'true' })).toEqual([]);
  expect(annotated('Deployment/web', { [SAFE]: 'true' })).toEqual([]);
});

test('fails for engines that may be moved', () => {
  const message = 'and the pods hold accelerators: an autoscaler may move them in the middle of their answers';

  expect(annotated('Deployment/model', { [SAFE]: 'true' })).toEqual([
    `Deployment/model: ${AT}/cluster-autoscaler.kubernetes.io~1safe-to-evict is "true", ${message}`,
  ]);
  expect(annotated('Deployment/model', {})).toEqual([`Deployment/model: ${AT} lacks ${SAFE}: "false", ${message}`]);
});

test('fails for a word that the autoscaler does not know', () => {
  expect(annotated('Deployment/web', { [SAFE]: 'False' })).toEqual([
    `Deployment/web: ${AT}/cluster-autoscaler.kubernetes.io~1safe-to-evict is "False", and the autoscaler knows "true" and "false" alone`,
  ]);
});
