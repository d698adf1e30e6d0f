import type { Freeze } from './delivery-settings';

/** A part of a cron schedule: its smallest and largest number. */
type Bounds = readonly [least: number, most: number];

const MINUTE: Bounds = [0, 59];
const HOUR: Bounds = [0, 23];
const DAY: Bounds = [1, 31];
const MONTH: Bounds = [1, 12];
const WEEKDAY: Bounds = [0, 6];

/** Go's notation of a duration; it has no days. */
const DURATION = /^(?=.*[1-9])(?:(?<h>\d+)h)?(?:(?<m>\d+)m)?(?:(?<s>\d+)s)?$/;

/** Argo CD looks for new commits every three minutes: a shorter freeze keeps nothing away. */
const SHORTEST_MINUTES = 10;

/** Argo CD keeps as many characters. */
const LONGEST_DESCRIPTION = 255;

/** A year with a February 29th, and some days more than it, so that the end of one year meets the next. */
const FIRST_DAY = Date.UTC(2028, 0, 1);
const DAYS = 400;
const DAY_MINUTES = 24 * 60;

/**
 * What is wrong with a freeze; undefined if nothing is. One that Argo CD cannot read blocks every sync, by hand as well; one that never
 * ends lets nothing be deployed, and one that never begins keeps nothing away.
 */
export function freezeMistake({ schedule, duration, description }: Freeze): string | undefined {
  const fields = parsed(schedule);
  if (fields === undefined) return `its schedule ${JSON.stringify(schedule)} is not five cron fields of numbers: write it as "0 16 * * 5"`;
  const minutes = minutesOf(duration);
  if (minutes === undefined)
    return `its duration ${JSON.stringify(duration)} is not hours, minutes and seconds: write it as "64h" or "1h30m"`;
  if (minutes < SHORTEST_MINUTES)
    return `its duration ${JSON.stringify(duration)} is less than ${SHORTEST_MINUTES} minutes, in which Argo CD hardly looks: write hours as "h"`;
  if (description.length > LONGEST_DESCRIPTION)
    return `its description has ${description.length} characters, and Argo CD keeps ${LONGEST_DESCRIPTION}: shorten it`;
  const pause = longestPause(fields);
  if (pause === undefined) return `its schedule ${JSON.stringify(schedule)} is on no day of any year: correct the day or the month`;
  return pause <= minutes
    ? `its duration ${JSON.stringify(duration)} lasts until it begins again, so that nothing is ever deployed: shorten it, or correct its schedule`
    : undefined;
}

function minutesOf(duration: string): number | undefined {
  const { h = 0, m = 0, s = 0 } = DURATION.exec(duration)?.groups ?? {};
  const minutes = Number(h) * 60 + Number(m) + Number(s) / 60;
  return minutes === 0 ? undefined : minutes;
}

/** A field as the numbers that it stands for; `every` where it is a star, which the days of month and week treat apart. */
interface Field {
  readonly numbers: readonly number[];
  readonly every: boolean;
}

type Fields = readonly [minute: Field, hour: Field, day: Field, month: Field, weekday: Field];

function parsed(schedule: string): Fields | undefined {
  const texts = schedule.split(' ');
  const fields = [MINUTE, HOUR, DAY, MONTH, WEEKDAY].map((bounds, index) => field(texts[index] ?? '', bounds));
  return texts.length === fields.length && fields.every((each) => each !== undefined) ? (fields as unknown as Fields) : undefined;
}

/** Reads a list of stars, numbers and ranges, each with a step or none. */
function field(text: string, [least, most]: Bounds): Field | undefined {
  const numbers = new Set<number>();
  for (const part of text.split(',')) {
    const { star, from, to, step } = /^(?:(?<star>\*)|(?<from>\d+)(?:-(?<to>\d+))?)(?:\/(?<step>\d+))?$/.exec(part)?.groups ?? {};
    if (star === undefined && from === undefined) return undefined;
    const first = Number(from ?? least);
    const last = Number(to ?? (step === undefined ? (from ?? most) : most)); // `5/15` goes on to the end
    if (Number(step ?? 1) === 0 || first < least || last < first || last > most) return undefined;
    for (let number = first; number <= last; number += Number(step ?? 1)) numbers.add(number);
  }
  return { numbers: [...numbers], every: text.startsWith('*') };
}

/** The longest time from one beginning to the next, minutes; undefined if there is none. */
function longestPause([minute, hour, day, month, weekday]: Fields): number | undefined {
  const times = hour.numbers.flatMap((h) => minute.numbers.map((m) => 60 * h + m)).sort((one, other) => one - other);
  let last: number | undefined;
  let longest: number | undefined;
  for (let index = 0; index < DAYS; index++) {
    const date = new Date(FIRST_DAY + index * DAY_MINUTES * 60_000);
    const [ofMonth, ofWeek] = [day.numbers.includes(date.getUTCDate()), weekday.numbers.includes(date.getUTCDay())];
    const either = day.every || weekday.every ? ofMonth && ofWeek : ofMonth || ofWeek;
    if (!either || !month.numbers.includes(date.getUTCMonth() + 1)) continue;
    for (const time of times) {
      const start = index * DAY_MINUTES + time;
      longest = Math.max(longest ?? 0, last === undefined ? 0 : start - last);
      last = start;
    }
  }
  // Once a year, and on no more than one day of these.
  return longest === 0 ? DAYS * DAY_MINUTES : longest;
}
