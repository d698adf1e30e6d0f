import { type Data, escaped, isRecord } from '../fields';
import { quantity } from '../quantity';

/** One value of an object, as it is compared with the same value elsewhere. */
export interface Leaf {
  readonly raw: string;

  /** What is left when the names of the place, amounts, versions and digests are taken out. */
  readonly form: string;

  /** The amounts, in the order in which they stand. */
  readonly amounts: readonly number[];
}

/** Names that differ from place to place, and what stands for them. */
export type PlaceNames = readonly (readonly [name: RegExp, standIn: string])[];

/** Fields that tell the items of a list apart, best first. */
const NAMES = ['name', 'alert', 'record', 'key', 'secretKey', 'port', 'cluster', 'kind'] as const;

/** Numbers that are names: nobody has a bit more of a port. */
const NAMED_BY_NUMBER = /port$/i;

const DIGEST = /\b[0-9a-f]{12,}\b/g;
const VERSION = /:v?\d[\w.-]*(?=@|$)/;
/** Digits within a name, `s3` or `v1`, are part of it. */
const AMOUNT = /(?<![A-Za-z\d])\d+(?:\.\d+)?/g;
const MARK = '#';

/** Every value of an object by the way to it. Items of lists go by their names, so that one more moves none of the others. */
export function leavesOf(object: Data, names: PlaceNames): ReadonlyMap<string, Leaf> {
  const leaves = new Map<string, Leaf>();
  const step = (value: Data, way: string, field: string): void => {
    if (Array.isArray(value)) {
      const keys = keysOf(value);
      for (const [i, item] of value.entries()) step(item, `${way}/${keys[i]}`, field);
    } else if (isRecord(value) && Object.keys(value).length > 0) {
      for (const name in value) step(value[name], `${way}/${escaped(name)}`, name);
    } else leaves.set(way, leafOf(value, field, names));
  };
  step(object, '', '');
  return leaves;
}

/** The names of a list's items, or their places where names do not tell them apart; words are their own names. */
function keysOf(items: readonly Data[]): readonly string[] {
  const name = NAMES.find((each) => items.every((item) => isRecord(item) && ['string', 'number'].includes(typeof item[each])));
  const keys = items.map((item) => (name !== undefined ? `${name}=${item[name]}` : typeof item === 'string' ? `=${item}` : ''));
  return items.map((_, i) => (keys[i] === '' || keys.indexOf(keys[i] ?? '') !== i ? String(i) : escaped(keys[i] ?? '')));
}

function leafOf(value: Data, field: string, names: PlaceNames): Leaf {
  const raw = typeof value === 'string' ? value : JSON.stringify(value);
  const amount = NAMED_BY_NUMBER.test(field) ? Number.NaN : quantity(value);
  if (!Number.isNaN(amount) && raw !== '') return { raw, form: MARK, amounts: [amount] };
  let text = raw;
  for (const [name, standIn] of names) text = text.replace(name, standIn);
  if (NAMED_BY_NUMBER.test(field)) return { raw, form: text, amounts: [] };
  const amounts: number[] = [];
  const form = text
    .replace(DIGEST, MARK)
    .replace(VERSION, '')
    .replace(AMOUNT, (digits) => {
      amounts.push(Number(digits));
      return MARK;
    });
  return { raw, form, amounts };
}
