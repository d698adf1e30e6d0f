import { problems } from '../testing/problems';

const cron = (schedule: unknown) =>
  problems('schedules-parse', ({ add }) =>
    add({ apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'nightly', namespace: 'app' }, spec: { schedule } }),
  );

test.each(['0 3 * * *', '*/15 0-6 1,15 jan-mar MON', '@daily', '0 0 * * 7'])('accepts "%s"', (schedule) => {
  expect(cron(schedule)).toEqual([]);
});

test.each([
  ['0 0 3 * * *', 'with 6 fields instead of 5'],
  ['60 3 * * *', 'whose minute is none'],
  ['0 24 * * *', 'whose hour is none'],
  ['0 3 0 * *', 'whose day of the month is none'],
  ['0 3 * 13 *', 'whose month is none'],
  ['0 3 * * funday', 'whose day of the week is none'],
  ['*/0 3 * * *', 'whose minute is none'],
  ['5-1 3 * * *', 'whose minute is none'],
])('fails for "%s"', (schedule, message) => {
  expect(cron(schedule)).toEqual([`CronJob/nightly: /spec/schedule is "${schedule}", ${message}`]);
});

test('fails for a schedule that is none', () => {
  expect(cron(undefined)).toEqual(['CronJob/nightly: /spec/schedule is missing, not a text']);
});

test('reads the second of a backup', () => {
  const backup = (schedule: string) =>
    problems('schedules-parse', ({ add }) =>
      add({
        apiVersion: 'postgresql.cnpg.io/v1',
        kind: 'ScheduledBackup',
        metadata: { name: 'nightly', namespace: 'llm' },
        spec: { schedule },
      }),
    );

  expect(backup('0 0 3 * * *')).toEqual([]);
  expect(backup('0 3 * * *')).toEqual([expect.stringContaining('with 5 fields instead of 6')]);
});
