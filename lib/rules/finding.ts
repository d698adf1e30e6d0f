import { describe, type Manifest } from '../kubernetes/manifest';
import { everyRule } from './all';
import type { RuleText } from './rule';

/** A problem together with the rule it breaks and the place it was found in. */
export interface Finding {
  readonly rule: RuleText;

  /** Empty for what configures Argo CD itself. */
  readonly environment: string;

  /** Empty for what belongs to no region. */
  readonly region: string;

  /** The app; empty for what stands in `argocd/`. */
  readonly app: string;

  /** Where the app or the object stands: `prod/us-west-2`, or a folder such as `argocd/prod`. */
  readonly place: string;

  /** The object; undefined where the folder as a whole is meant. */
  readonly object: Manifest | undefined;

  readonly field: string;
  readonly message: string;

  /**
   * The file that was read.
   *
   * @default - the object was synthesized a moment ago
   */
  readonly file?: string;

  /**
   * Finds out which construct made the object, and in which line: `llm-service/deployment (lib/llm/vllm-server.ts:57)`.
   * Expensive, so it is only asked for what is reported.
   *
   * @default - nobody knows
   */
  readonly madeBy?: () => string | undefined;
}

/** One mistake in what many objects share is one problem: more than this many alike are named, not written out. */
const MOST_ALIKE = 3;

/** One mistake in many items of a list is one problem: this many further fields are named. */
const MOST_FIELDS = 5;

const RANKS: ReadonlyMap<string, number> = new Map(everyRule.map(({ id }, rank) => [id, rank]));
const rankOf = ({ rule }: Finding): number => RANKS.get(rule.id) ?? RANKS.size;

/** Problems in the order of the report: those that cause others first. What two rules say of one field in the same words is said once. */
export function inOrder(findings: readonly Finding[]): readonly Finding[] {
  const said = new Set<string>();
  return [...findings]
    .sort((one, other) => rankOf(one) - rankOf(other))
    .filter(({ place, app, object, field, message }) => {
      const id = [place, app, object && describe(object), field, message].join('\n');
      return !said.has(id) && said.add(id);
    });
}

/**
 * Writes problems the way a compiler does: one text each, the rule's reason and cure after its last one. The same problem in
 * several places, in several items of a list or in many objects is one text that names the others.
 */
export function report(findings: readonly Finding[]): readonly string[] {
  return groups(inOrder(findings), ({ rule }) => rule.id).flatMap((ofRule) => {
    const texts = groups(ofRule, ({ field, message }) => [listed(field), message].join('\n')).flatMap(textsOf);
    const { why, fix } = ofRule[0].rule;
    return [...texts.slice(0, -1), `${texts.at(-1)}\n    why: ${why}\n    fix: ${fix}`];
  });
}

type Group = readonly [Finding, ...Finding[]];

/** A field, whichever item of its lists it is in. */
const listed = (field: string): string => field.replaceAll(/\/\d+(?=\/|$)/g, '/*');

function groups(findings: readonly Finding[], by: (finding: Finding) => string): readonly Group[] {
  const found = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const group = found.get(by(finding));
    if (group === undefined) found.set(by(finding), [finding]);
    else group.push(finding);
  }
  return [...found.values()];
}

/** The texts of findings that differ in nothing but their objects, their places and the items of lists. */
function textsOf(alike: Group): readonly string[] {
  const objects = groups(alike, ({ app, object }) => [app, object && describe(object)].join('\n'));
  const [first, ...others] = objects;
  if (first === undefined || others.length < MOST_ALIKE) return objects.map((same) => text(same));
  const named = others.slice(0, MOST_ALIKE).map(where).join(', ');
  const more = others.length > MOST_ALIKE ? ', …' : '';
  return [text(first, `\n    and ${others.length} more: ${named}${more}`)];
}

function where(same: Group): string {
  const { app, object } = same[0];
  const places = [...new Set(same.map(({ place }) => place))];
  const place = places.length === 1 ? places[0] : `{${places.join(',')}}`;
  return [app === '' ? place : `${place}/${app}`, object && describe(object)].filter((part) => part !== undefined).join(' ');
}

function text(same: Group, others = ''): string {
  const { rule, field, message, file, madeBy } = same[0];
  const what = [field, message].filter((part) => part !== '').join(' ');
  const origin = madeBy?.();
  const source = file === undefined ? origin && `\n    made by ${origin}` : `\n    in ${file}`;
  return `${where(same)}: ${what} [${rule.id}]${alsoAt(same)}${others}${source ?? ''}`;
}

/** Further fields of one object with the same problem. */
function alsoAt(same: Group): string {
  const [, ...fields] = new Set(same.map(({ field }) => field));
  if (fields.length === 0) return '';
  const more = fields.length > MOST_FIELDS ? `, and ${fields.length - MOST_FIELDS} more` : '';
  return `\n    also at ${fields.slice(0, MOST_FIELDS).join(', ')}${more}`;
}
