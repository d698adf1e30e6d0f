import { ApiObject, App, Chart } from 'cdk8s';
import { Construct } from 'constructs';

import type { Manifest } from './manifest';
import { originsOf } from './origins';

const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'app' } };
const make = (): Manifest[] => {
  const chart = new Chart(new App(), 'app', { namespace: 'app' });
  const web = new Construct(chart, 'web');
  new ApiObject(web, 'service', service);
  return [];
};

test('tells the path of the construct that made an object', () => {
  // This file lies where nobody decides anything about objects, and so is no origin.
  expect(originsOf(make)(service)).toBe('web/service');
});

test('knows nothing of what was not made', () => {
  expect(originsOf(make)({ ...service, metadata: { name: 'other', namespace: 'app' } })).toBeUndefined();
});

test('leaves cdk8s as it was, even after a failure', () => {
  const { of } = Chart;

  expect(() =>
    originsOf(() => {
      throw new Error('made to fail');
    }),
  ).toThrow('made to fail');
  expect(Chart.of).toBe(of);
});
