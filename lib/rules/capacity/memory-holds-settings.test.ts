import { problems } from '../testing/problems';

const RULE = 'memory-holds-settings';
const keeping = (value: string, name = 'MAX_MEMORY') =>
  problems(RULE, ({ get }) => {
    get('Deployment/web').spec.template.spec.containers[0].env = [{ name, value }];
  });
const buffering = (shared_buffers: string) =>
  problems(RULE, ({ get }) => {
    get('Cluster/database').spec.postgresql = { parameters: { shared_buffers } };
  });

test('accepts what leaves room to the program', () => {
  expect(keeping('192mb')).toEqual([]);
  expect(keeping('0.125', 'CACHE_GB')).toEqual([]);
  expect(buffering('64MB')).toEqual([]);
});

test('fails for a cache that fills its container', () => {
  expect(keeping('256mb')).toEqual([
    'Deployment/web: /spec/template/spec/containers/0/env/0/value is 256mb, more than three quarters of the 256Mi of the container',
  ]);
  expect(keeping('0.25', 'CACHE_GB')).toEqual([
    'Deployment/web: /spec/template/spec/containers/0/env/0/value is 0.25, more than three quarters of the 256Mi of the container',
  ]);
});

test('fails for buffers that fill their instance', () => {
  expect(buffering('8GB')).toEqual([
    'Cluster/database: /spec/postgresql/parameters/shared_buffers is 8GB, more than three quarters of the 256Mi of an instance',
  ]);
});
