import { freezeMistake } from './freeze';

const weekend = { schedule: '0 16 * * 5', duration: '64h', description: 'weekend' };

test.each(['0 16 * * 5', '*/15 0-6 1,15 1-12/2 0,6', '59 23 31 12 *', '0 0 29 2 *', '5/15 8 * * 1'])(
  'reads the schedule "%s"',
  (schedule) => {
    expect(freezeMistake({ ...weekend, schedule, duration: '10m' })).toBeUndefined();
  },
);

test.each([
  '0 16 * *',
  '0 16 * * 5 *',
  '60 16 * * 5',
  '0 24 * * 5',
  '0 16 0 * 5',
  '0 16 * 13 5',
  '0 16 * * 7',
  '0 9-5 * * *',
  '*/0 * * * *',
  '',
  'weekly',
])('refuses the schedule "%s"', (schedule) => {
  expect(freezeMistake({ ...weekend, schedule })).toBe(
    `its schedule "${schedule}" is not five cron fields of numbers: write it as "0 16 * * 5"`,
  );
});

test.each(['64h', '1h30m', '45m', '900s'])('reads the duration "%s"', (duration) => {
  expect(freezeMistake({ ...weekend, duration })).toBeUndefined();
});

test.each(['2d', '64', '0h', 'h', '30m1h', ''])('refuses the duration "%s"', (duration) => {
  expect(freezeMistake({ ...weekend, duration })).toBe(
    `its duration "${duration}" is not hours, minutes and seconds: write it as "64h" or "1h30m"`,
  );
});

test('refuses seconds that were meant to be hours', () => {
  expect(freezeMistake({ ...weekend, duration: '64s' })).toContain('its duration "64s" is less than 10 minutes');
});

test('refuses a description that Argo CD would cut', () => {
  expect(freezeMistake({ ...weekend, description: 'x'.repeat(256) })).toContain('and Argo CD keeps 255: shorten it');
});

test.each([
  ['* * * * *', '10m'],
  ['0 0 * * *', '24h'],
  ['0 16 * * 5', '168h'],
  ['0 0,12 * * *', '12h'],
  ['0 0 1 * *', '744h'],
  ['0 0 13 * 5', '200h'], // a day of the month, or one of the week
])('refuses what begins at "%s" for %s, and so never ends', (schedule, duration) => {
  expect(freezeMistake({ ...weekend, schedule, duration })).toContain('so that nothing is ever deployed: shorten it');
});

test.each([
  ['0 0 * * *', '23h59m'],
  ['0 16 * * 5', '167h'],
  ['0 0 13 * *', '720h'],
])('lets deployments pass between what begins at "%s" for %s', (schedule, duration) => {
  expect(freezeMistake({ ...weekend, schedule, duration })).toBeUndefined();
});

test('refuses a day that no year has', () => {
  expect(freezeMistake({ ...weekend, schedule: '0 0 31 2 *' })).toContain('is on no day of any year: correct the day or the month');
});
