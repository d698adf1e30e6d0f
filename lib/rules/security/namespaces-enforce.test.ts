import { problems } from '../testing/problems';

const FIELD = 'Namespace/app: /metadata/labels/pod-security.kubernetes.io~1enforce';
const enforcing = (level: string | undefined, annotations: object = {}) =>
  problems('namespaces-enforce', ({ get }) => {
    const { metadata } = get('Namespace/app');
    metadata.labels = level === undefined ? {} : { 'pod-security.kubernetes.io/enforce': level };
    Object.assign(metadata.annotations, annotations);
  });

test('accepts restricted, and less with a reason', () => {
  expect(enforcing('restricted')).toEqual([]);
  expect(enforcing('privileged', { 'slipway.dev/pod-security-reason': 'it reads the disks of its node' })).toEqual([]);
});

test.each([
  [undefined, 'is missing: the namespace would admit every pod'],
  ['restrict', 'is "restrict", not one of privileged, baseline, restricted'],
  ['baseline', 'is baseline, less than restricted, and no annotation slipway.dev/pod-security-reason says why'],
])('fails for the level %s', (level, message) => {
  expect(enforcing(level)).toEqual([`${FIELD} ${message}`]);
});

test('fails for a version of the standard that is none', () => {
  const found = problems('namespaces-enforce', ({ get }) => {
    get('Namespace/app').metadata.labels['pod-security.kubernetes.io/enforce-version'] = '1.34';
  });

  expect(found).toEqual([`${FIELD}-version is "1.34", neither latest nor a minor version such as v1.34`]);
});
