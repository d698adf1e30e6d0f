import { daysAfter } from '../messages/days';
import type { Loss } from './tombstone';

/** Tombstones that a refusal spells out; a fleet has more places than a terminal has lines. */
const MOST_SPELT = 8;

/** Days that a suggested tombstone stands: enough for a review and a merge. */
const DAYS = 14;

/** One text for each loss; the same one in several places is one text that names all of them, with the tombstones that would allow it. */
export function refusals(losses: readonly Loss[], today: string): readonly string[] {
  const groups = new Map<string, Loss[]>();
  for (const loss of losses) groups.set(`${loss.what} ${loss.message}`, [...(groups.get(`${loss.what} ${loss.message}`) ?? []), loss]);
  return [...groups.values()].map((same) => refusal(same, today));
}

function refusal(same: readonly Loss[], today: string): string {
  const places = [...new Set(same.map(({ place }) => place))];
  const place = places.length === 1 ? places[0] : `{${places.join(',')}}`;
  const until = daysAfter(today, DAYS);
  const tombstones = same
    .slice(0, MOST_SPELT)
    .map(({ what, where }) => `\n      { what: '${what}', where: '${where}', owner: '<team>', reason: '<why>', until: '${until}' },`);
  const more = same.length > MOST_SPELT ? `\n      … and ${same.length - MOST_SPELT} more` : '';
  return `${place}: ${same[0]?.message}\n    if it is meant, say so in lib/environments/tombstones.ts:${tombstones.join('')}${more}`;
}
