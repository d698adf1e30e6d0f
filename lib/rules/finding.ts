import { describe, type Manifest } from '../kubernetes/manifest';
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

/**
 * Writes problems the way a compiler does: one text each, the rule's reason and cure after its last one. The same
 * problem in several places is one text that names all of them, and that of many objects of a kind is one that names some.
 */
export function report(findings: readonly Finding[]): readonly string[] {
  return groups(findings, ({ rule }) => rule.id).flatMap((ofRule) => {
    const texts = groups(ofRule, ({ object, field, message }) => [object?.kind, field, message].join('\n')).flatMap(textsOf);
    const { why, fix } = ofRule[0].rule;
    return [...texts.slice(0, -1), `${texts.at(-1)}\n    why: ${why}\n    fix: ${fix}`];
  });
}

type Group = readonly [Finding, ...Finding[]];

function groups(findings: readonly Finding[], by: (finding: Finding) => string): readonly Group[] {
  const found = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const group = found.get(by(finding));
    if (group === undefined) found.set(by(finding), [finding]);
    else group.push(finding);
  }
  return [...found.values()];
}

/** The texts of findings that differ in nothing but their objects and places. */
function textsOf(alike: Group): readonly string[] {
  const objects = groups(alike, ({ app, object }) => [app, object && describe(object)].join('\n'));
  const [first, ...others] = objects;
  if (first === undefined || others.length < MOST_ALIKE) return objects.map(text);
  const named = others.slice(0, MOST_ALIKE).map(where).join(', ');
  const more = others.length > MOST_ALIKE ? ', …' : '';
  return [`${text(first)}\n    and ${others.length} more: ${named}${more}`];
}

function where(same: Group): string {
  const { app, object } = same[0];
  const places = same.map(({ place }) => place);
  const place = places.length === 1 ? places[0] : `{${places.join(',')}}`;
  return [app === '' ? place : `${place}/${app}`, object && describe(object)].filter((part) => part !== undefined).join(' ');
}

function text(same: Group): string {
  const { rule, field, message, file, madeBy } = same[0];
  const what = [field, message].filter((part) => part !== '').join(' ');
  const origin = madeBy?.();
  const source = file === undefined ? origin && `\n    made by ${origin}` : `\n    in ${file}`;
  return `${where(same)}: ${what} [${rule.id}]${source ?? ''}`;
}
