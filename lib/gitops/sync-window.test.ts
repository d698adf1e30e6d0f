import { syncWindow } from './sync-window';

const weekend = { schedule: '0 16 * * 5', duration: '64h', description: 'weekend' };

test('denies what syncs by itself, for every app, and nothing that people sync', () => {
  expect(syncWindow(weekend)).toEqual({
    ...{ kind: 'deny', schedule: '0 16 * * 5', duration: '64h', timeZone: 'UTC', description: 'weekend' },
    ...{ applications: ['*'], manualSync: true, syncOverrun: true },
  });
});

test('refuses a freeze that Argo CD could not read', () => {
  expect(() => syncWindow({ ...weekend, duration: '2d' })).toThrow('Cannot freeze deployments as its duration "2d" is not hours');
});
