import type { Target } from '../environments/environment';
import { quote } from '../messages/quote';
import { type Mistake, valueAt } from './plain-values';
import { placeName } from './texts';

/** A mistake and the target that it was found in. */
interface Found {
  readonly target: Target;
  readonly mistake: Mistake;
}

/** More targets than these are counted, not named. */
const MOST_NAMED = 4;

/** Writes mistakes as messages: one that several targets share, as settings that are written once do, is one message that names them all. */
export function agreeing(found: readonly Found[]): string[] {
  const alike = new Map<string, [Found, ...Found[]]>();
  for (const each of found) {
    const { path, mistake } = each.mistake;
    const field = path.map(String).join('.');
    const key = [wordsFor(valueAt(each.target, path), field), mistake, path[0] === 'delivery' ? each.target.environment : ''].join('\n');
    const group = alike.get(key);
    if (group === undefined) alike.set(key, [each]);
    else group.push(each);
  }
  return [...alike.values()].map(message);
}

function message(alike: readonly [Found, ...Found[]]): string {
  const [{ target, mistake }] = alike;
  const field = quote(mistake.path.map(String).join('.')).slice(1, -1);
  const environments = [...new Set(alike.map((each) => each.target.environment))];
  const what = [wordsFor(valueAt(target, mistake.path), field), placesOf(alike, mistake)].join(field === '' ? ' ' : ' of ');
  return `${what} as ${mistake.mistake}${fileOf(mistake, environments)}`;
}

/** How a message about a setting begins. */
export function wordsFor(value: unknown, field: string): string {
  if (value === undefined) return `Cannot leave out ${field}`;
  if (field === '' || (typeof value === 'object' && value !== null)) return field === '' ? 'Cannot use' : `Cannot use ${field}`;
  return `Cannot use ${quote(String(value))} for ${field}`;
}

/** Delivery is the environment's, everything else a target's. */
function placesOf(alike: readonly Found[], { path }: Mistake): string {
  if (path[0] === 'delivery') return `environment ${quote(String(alike[0]?.target.environment))}`;
  const names = [...new Set(alike.map(({ target }) => nameOf(target)))];
  const [last, ...others] = [...names].reverse();
  if (others.length === 0) return `target ${last}`;
  if (names.length <= MOST_NAMED) return `targets ${others.reverse().join(', ')} and ${last}`;
  return `targets ${names.slice(0, MOST_NAMED).join(', ')} and ${names.length - MOST_NAMED} more`;
}

/** Where the setting is written. */
function fileOf({ path: [first, second] }: Mistake, environments: readonly string[]): string {
  if (first === 'region') return ` (lib/environments/${second === 'platform' ? 'platforms' : 'regions'}.ts)`;
  const files = environments
    .filter((name) => typeof name === 'string' && placeName.matches(name))
    .map((name) => `lib/environments/${name}.ts`);
  return files.length === 0 ? '' : ` (${files.join(', ')})`;
}

/** `"prod/us-west-2"`. */
export const nameOf = ({ environment, region }: Target): string => quote(`${environment}/${region?.name}`);
