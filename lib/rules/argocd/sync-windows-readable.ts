import { record, records } from '../fields';
import type { FleetRule } from '../rule';

/** Smallest and largest number of each field: minute, hour, day of the month, month, day of the week. */
const FIELDS: readonly (readonly [min: number, max: number])[] = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 6],
];

/** Go's durations; they have no days. */
const DURATION = /^(?=.*[1-9])(\d+(\.\d+)?h)?(\d+(\.\d+)?m)?(\d+(\.\d+)?s)?$/;

export const syncWindowsReadable: FleetRule = {
  id: 'sync-windows-readable',
  title: 'Every sync window has a kind, a schedule and a duration that Argo CD can read, and is for something.',
  why: 'A window that Argo CD cannot read blocks every sync of its project, manual ones too.',
  fix: 'Write kind allow or deny, five cron fields, a duration such as 64h or 1h30m, an IANA time zone, and applications, namespaces or clusters; delivery.freeze in lib/environments/<environment>.ts is where they come from.',
  *checkFleet({ hub, applications: all }) {
    for (const object of hub.all('AppProject.argoproj.io')) {
      const seen = new Set<string>();
      const own = all.filter(({ application }) => application.spec?.project === object.metadata.name);
      const names = own.map(({ application }) => application.metadata.name);
      for (const [i, window] of records(record(object.spec).syncWindows).entries()) {
        const { kind, schedule, duration, timeZone, applications, namespaces, clusters, description } = window;
        const say = (field: string, message: string) => ({ object, field: `/spec/syncWindows/${i}${field}`, message });
        if (kind !== 'allow' && kind !== 'deny') yield say('/kind', `is ${JSON.stringify(kind)}, neither allow nor deny`);
        if (!isCron(String(schedule)))
          yield say('/schedule', `is ${JSON.stringify(schedule)}, not five valid cron fields: minute, hour, day, month, weekday`);
        if (!DURATION.test(String(duration)))
          yield say('/duration', `is ${JSON.stringify(duration)}, not a duration of hours, minutes and seconds such as 64h`);
        if (timeZone !== undefined && !isTimeZone(timeZone))
          yield say('/timeZone', `is ${JSON.stringify(timeZone)}, which Argo CD takes for UTC`);
        const scopes = [applications, namespaces, clusters];
        if (scopes.every((scope) => !Array.isArray(scope) || scope.length === 0))
          yield say('', 'is for no application, namespace or cluster');
        if (typeof description === 'string' && description.length > 255)
          yield say('/description', `has ${description.length} characters, more than 255`);
        for (const [j, pattern] of (Array.isArray(applications) ? applications : []).entries()) {
          if (names.length === 0 || names.some((name) => globOf(String(pattern)).test(name))) continue;
          yield say(`/applications/${j}`, `is "${pattern}", which matches no Application of the project`);
        }
        const identity = JSON.stringify([kind, schedule, duration, ...scopes]);
        if (seen.has(identity)) yield say('', 'is the same as another window');
        seen.add(identity);
      }
    }
  },
};

/** Argo CD's patterns: `*` for any text, `?` for one character. */
const globOf = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  );

function isCron(schedule: string): boolean {
  const fields = schedule.trim().split(/\s+/);
  return fields.length === FIELDS.length && FIELDS.every(([min, max], i) => isCronField(fields[i] ?? '', min, max));
}

/** A list of stars, numbers and ranges, each with a step or none; months and weekdays also by name. */
function isCronField(field: string, min: number, max: number): boolean {
  return field.split(',').every((part) => {
    if (max <= 12 && max !== 31 && /^[a-z]{3}(-[a-z]{3})?$/i.test(part)) return true;
    const { star, from, to, step } = /^(?:(?<star>[*?])|(?<from>\d+)(?:-(?<to>\d+))?)(?:\/(?<step>\d+))?$/.exec(part)?.groups ?? {};
    if (star === undefined && from === undefined) return false;
    if (step !== undefined && Number(step) === 0) return false;
    const first = Number(from ?? min);
    const last = Number(to ?? from ?? max);
    return min <= first && first <= last && last <= max;
  });
}

function isTimeZone(name: unknown): boolean {
  if (name === 'UTC') return true;
  try {
    return typeof name === 'string' && new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}
