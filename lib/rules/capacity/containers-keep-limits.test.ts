import { problems } from '../testing/problems';

const range = (limits: object) => ({
  apiVersion: 'v1',
  kind: 'LimitRange',
  metadata: { name: 'limits', namespace: 'app' },
  spec: { limits: [{ type: 'Container', ...limits }] },
});
const within = (limits: object) => problems('containers-keep-limits', ({ add }) => add(range(limits)));
const RESOURCES = 'Deployment/web: /spec/template/spec/containers/0/resources';

test('accepts containers within the range', () => {
  expect(
    within({ max: { cpu: '1', memory: '256Mi' }, min: { cpu: '10m' }, default: { cpu: '1' }, defaultRequest: { cpu: '50m' } }),
  ).toEqual([]);
});

test('fails for a container above the maximum', () => {
  expect(within({ max: { memory: '200Mi' } })).toEqual([
    `${RESOURCES}/limits/memory is 256Mi, more than the 200Mi of the namespace (container web)`,
  ]);
});

test('fails for a container below the minimum', () => {
  expect(within({ min: { cpu: '200m' } })).toEqual([
    `${RESOURCES}/requests/cpu is 100m, less than the 200m of the namespace (container web)`,
  ]);
});

test('fails for a request above the limit that the range writes', () => {
  expect(within({ default: { cpu: '50m' } })).toEqual([
    `${RESOURCES}/requests/cpu is 100m, more than the limit of 50m that the LimitRange writes into a container without one (container web)`,
  ]);
});

test('fails for a range that contradicts itself', () => {
  expect(within({ max: { memory: '1Gi' }, default: { memory: '2Gi' } })).toEqual([
    'LimitRange/limits: /spec/limits/0/default/memory is 2Gi, more than its max of 1Gi',
  ]);
});
