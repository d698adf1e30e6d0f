import type { AppProjectSpecSyncWindows } from '../../imports/argoproj.io';
import type { Freeze } from './delivery-settings';

/** Smallest and largest number of each cron field: minute, hour, day of the month, month, day of the week. */
const FIELDS: readonly (readonly [min: number, max: number])[] = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 6],
];

/** Go's notation of a duration; it has no days. */
const DURATION = /^(?=.*[1-9])(\d+h)?(\d+m)?(\d+s)?$/;

/**
 * A time in which a project syncs nothing by itself: neither a commit nor the healing of drift. What has begun before it
 * is finished, and people may sync by hand.
 *
 * @throws {RangeError} if Argo CD could not read the freeze. It would then block every sync, by hand as well, for ever
 */
export function syncWindow({ schedule, duration, description }: Freeze): AppProjectSpecSyncWindows {
  if (!isCron(schedule)) {
    throw new RangeError(`Cannot freeze at "${schedule}" as a schedule has five cron fields of numbers: write it as "0 16 * * 5"`);
  }
  if (!DURATION.test(duration)) {
    throw new RangeError(`Cannot freeze for "${duration}" as a duration is hours, minutes and seconds: write it as "64h" or "1h30m"`);
  }
  if (description.length > 255) {
    throw new RangeError(`Cannot describe a freeze by "${description}" as Argo CD keeps 255 characters: shorten it`);
  }
  return { kind: 'deny', schedule, duration, timeZone: 'UTC', applications: ['*'], manualSync: true, syncOverrun: true, description };
}

function isCron(schedule: string): boolean {
  const fields = schedule.split(' ');
  return fields.length === FIELDS.length && FIELDS.every(([min, max], index) => isCronField(fields[index] as string, min, max));
}

/** Whether a field is a list of stars, numbers and ranges, each with a step or none. */
function isCronField(field: string, min: number, max: number): boolean {
  return field.split(',').every((part) => {
    const { star, from, to, step } = /^(?:(?<star>\*)|(?<from>\d+)(?:-(?<to>\d+))?)(?:\/(?<step>\d+))?$/.exec(part)?.groups ?? {};
    if (star === undefined && from === undefined) return false;
    if (step !== undefined && Number(step) === 0) return false;
    const first = Number(from ?? min);
    const last = Number(to ?? from ?? max);
    return min <= first && first <= last && last <= max;
  });
}
