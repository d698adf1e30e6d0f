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

/**
 * Writes problems the way a compiler does: one text each, the rule's reason and cure after its last one. The same
 * problem in several places is one text that names all of them.
 */
export function report(findings: readonly Finding[]): readonly string[] {
  return groups(findings, ({ rule }) => rule.id).flatMap((ofRule) => {
    const texts = groups(ofRule, ({ app, object, field, message }) => [app, object && describe(object), field, message].join('\n')).map(
      text,
    );
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

function text(same: Group): string {
  const { rule, app, object, field, message, file, madeBy } = same[0];
  const places = same.map(({ place }) => place);
  const place = places.length === 1 ? places[0] : `{${places.join(',')}}`;
  const where = [app === '' ? place : `${place}/${app}`, object && describe(object)].filter((part) => part !== undefined).join(' ');
  const what = [field, message].filter((part) => part !== '').join(' ');
  const origin = madeBy?.();
  const source = file === undefined ? origin && `\n    made by ${origin}` : `\n    in ${file}`;
  return `${where}: ${what} [${rule.id}]${source ?? ''}`;
}
