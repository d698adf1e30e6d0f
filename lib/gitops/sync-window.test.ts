import { syncWindow } from './sync-window';

const weekend = { schedule: '0 16 * * 5', duration: '64h', description: 'weekend' };

test.each(['0 16 * * 5', '*/15 0-6 1,15 1-12/2 0,6', '59 23 31 12 *'])('reads the schedule "%s"', (schedule) => {
  expect(syncWindow({ ...weekend, schedule }).schedule).toBe(schedule);
});

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
  expect(() => syncWindow({ ...weekend, schedule })).toThrow(
    `Cannot freeze at "${schedule}" as a schedule has five cron fields of numbers: write it as "0 16 * * 5"`,
  );
});

test.each(['64h', '1h30m', '45m', '90s'])('reads the duration "%s"', (duration) => {
  expect(syncWindow({ ...weekend, duration }).duration).toBe(duration);
});

test.each(['2d', '64', '0h', 'h', '30m1h', ''])('refuses the duration "%s"', (duration) => {
  expect(() => syncWindow({ ...weekend, duration })).toThrow(
    `Cannot freeze for "${duration}" as a duration is hours, minutes and seconds: write it as "64h" or "1h30m"`,
  );
});

test('refuses a description that Argo CD would cut', () => {
  expect(() => syncWindow({ ...weekend, description: 'x'.repeat(256) })).toThrow('as Argo CD keeps 255 characters: shorten it');
});
