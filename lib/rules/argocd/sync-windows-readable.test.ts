import { fleetProblems } from '../testing/fleet-problems';

const window = (change: object) =>
  fleetProblems('sync-windows-readable', ({ get }) => Object.assign(get('AppProject/apps-prod').spec.syncWindows[0], change));
const AT = 'AppProject/apps-prod: /spec/syncWindows/0';

test.each([
  [{ kind: 'block' }, '/kind is "block", neither allow nor deny'],
  [{ schedule: '0 16 * *' }, '/schedule is "0 16 * *", not five valid cron fields: minute, hour, day, month, weekday'],
  [{ schedule: '0 24 * * 5' }, '/schedule is "0 24 * * 5", not five valid cron fields: minute, hour, day, month, weekday'],
  [{ duration: '3d' }, '/duration is "3d", not a duration of hours, minutes and seconds such as 64h'],
  [{ timeZone: 'Berlin' }, '/timeZone is "Berlin", which Argo CD takes for UTC'],
  [{ applications: [] }, ' is for no application, namespace or cluster'],
  [{ description: 'x'.repeat(256) }, '/description has 256 characters, more than 255'],
])('fails for %j', (change, problem) => {
  expect(window(change)).toEqual([`${AT}${problem}`]);
});

test.each([
  { schedule: '*/15 8-17 1,15 * mon-fri' },
  { duration: '1h30m' },
  { timeZone: 'Europe/Berlin' },
  { applications: [], clusters: ['prod-*'] },
])('accepts %j', (change) => {
  expect(window(change)).toEqual([]);
});

test('fails for a window that is there twice', () => {
  expect(
    fleetProblems('sync-windows-readable', ({ get }) => {
      const { syncWindows } = get('AppProject/apps-prod').spec;
      syncWindows.push(structuredClone(syncWindows[0]));
    }),
  ).toEqual(['AppProject/apps-prod: /spec/syncWindows/1 is the same as another window']);
});

test('fails for a window of Applications that the project does not have', () => {
  expect(window({ applications: ['app-*', 'litelm-*'] })).toEqual([
    `${AT}/applications/1 is "litelm-*", which matches no Application of the project`,
  ]);
});
