import type { Rule } from '../rule';

const MACRO = /^@(?:yearly|annually|monthly|weekly|daily|midnight|hourly)$/;

/** A part of a schedule, with the names that stand for its values. */
interface Part {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly names?: readonly string[];
}

const SECOND: Part = { name: 'second', from: 0, to: 59 };
const PARTS: readonly Part[] = [
  { name: 'minute', from: 0, to: 59 },
  { name: 'hour', from: 0, to: 23 },
  { name: 'day of the month', from: 1, to: 31 },
  { name: 'month', from: 1, to: 12, names: 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ') },
  { name: 'day of the week', from: 0, to: 7, names: 'sun mon tue wed thu fri sat'.split(' ') },
];

export const schedulesParse: Rule = {
  id: 'schedules-parse',
  title: 'Every schedule is one that cron can read.',
  why: 'The API server refuses the CronJob, and CloudNativePG takes no backup; one field too many shifts all others.',
  fix: 'Write minute, hour, day, month and day of the week; a ScheduledBackup has the second before them.',
  *check(target) {
    for (const [kind, parts] of [
      ['CronJob.batch', PARTS],
      ['ScheduledBackup.postgresql.cnpg.io', [SECOND, ...PARTS]],
    ] as const) {
      for (const object of target.all(kind)) {
        const message = fault(object.spec?.schedule, parts);
        if (message !== undefined) yield { object, field: '/spec/schedule', message };
      }
    }
  },
};

function fault(schedule: unknown, parts: readonly Part[]): string | undefined {
  if (typeof schedule !== 'string') return `is ${JSON.stringify(schedule) ?? 'missing'}, not a text`;
  if (MACRO.test(schedule)) return undefined;
  const fields = schedule.trim().split(/\s+/);
  if (fields.length !== parts.length) return `is "${schedule}", with ${fields.length} fields instead of ${parts.length}`;
  const wrong = parts.find((part, i) => !(fields[i] ?? '').split(',').every((item) => fits(item.toLowerCase(), part)));
  return wrong === undefined ? undefined : `is "${schedule}", whose ${wrong.name} is none`;
}

/** One item of a list: `*`, a value or a range, and perhaps a step. */
function fits(item: string, { from, to, names = [] }: Part): boolean {
  const [, range, step] = /^([^/]+)(?:\/([1-9]\d*))?$/.exec(item) ?? [];
  if (range === undefined || Number(step ?? 1) > to) return false;
  if (range === '*' || range === '?') return true;
  const values = range.split('-').map((each) => {
    if (/^\d+$/.test(each)) return Number(each);
    return names.includes(each) ? names.indexOf(each) + from : Number.NaN;
  });
  const [first = Number.NaN, last = first] = values;
  return values.length <= 2 && first >= from && last <= to && first <= last;
}
