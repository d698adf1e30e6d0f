import { exceptionsIn, parseException } from '../kubernetes/exception';
import type { Manifest } from '../kubernetes/manifest';
import { daysAfter } from '../messages/days';
import { saysSomething } from '../messages/says-something';
import type { Problem, RuleText } from './rule';
import type { Workload } from './workload';

interface Excuse {
  readonly object: Manifest;
  readonly field: string;
  readonly ruleId: string;
  readonly text: string;
}

/** The rule about exceptions themselves. What it needs to know is known when all others have run. */
export const validExceptions: RuleText = {
  id: 'valid-exceptions',
  title: 'Every exception names an existing rule that its object breaks, an owner, a reason and a day that has not passed.',
  why: 'An exception that nobody reviews switches a rule off for ever, and one that excuses nothing today would hide the next mistake.',
  fix: 'Correct the object and remove the exception, or agree on a new day with its owner; exception() of lib/kubernetes/exception.ts writes it.',
};

/** The exceptions that objects claim, and what came of them. */
export class Exceptions {
  readonly #excuses: readonly Excuse[];
  readonly #valid = new Map<Manifest, Set<string>>();
  readonly #used = new Map<Manifest, Set<string>>();

  constructor(
    { objects, workloads = [] }: { readonly objects: Iterable<Manifest>; readonly workloads?: readonly Workload[] },
    private readonly today: string,
  ) {
    this.#excuses = [...excuses(objects, workloads)];
    for (const excuse of this.#excuses) {
      if (fault(excuse, today) === undefined) setOf(this.#valid, excuse.object).add(excuse.ruleId);
    }
  }

  /** Whether an object is excused from a rule today, by itself or by its pod template. Called for what breaks a rule, and remembers it. */
  public excuses(object: Manifest | undefined, ruleId: string): boolean {
    if (object === undefined || this.#valid.get(object)?.has(ruleId) !== true) return false;
    setOf(this.#used, object).add(ruleId);
    return true;
  }

  /**
   * What is wrong with the exceptions themselves, once every rule has run.
   *
   * @param ruleIds the rules that have run; whether others were broken is not known here
   * @param otherIds rules whose exceptions are judged elsewhere
   */
  public *problems(ruleIds: ReadonlySet<string>, otherIds: Pick<ReadonlySet<string>, 'has'>): Iterable<Problem> {
    for (const excuse of this.#excuses) {
      const { object, field, ruleId } = excuse;
      if (otherIds.has(ruleId)) continue;
      const message = ruleIds.has(ruleId)
        ? (fault(excuse, this.today) ?? this.#unneeded(excuse))
        : `is about "${ruleId}", which is no rule`;
      if (message !== undefined) yield { object, field, message };
    }
  }

  #unneeded({ object, ruleId }: Excuse): string | undefined {
    return this.#used.get(object)?.has(ruleId) ? undefined : `excuses nothing: the object keeps ${ruleId}`;
  }
}

/** In three years nobody is left who agreed to it. */
const MOST_DAYS = 1096;

function fault({ text }: Excuse, today: string): string | undefined {
  const written = parseException(text);
  if (written === undefined) return `is "${text}", not "<owner>: <reason> (until YYYY-MM-DD)"`;
  const { owner, reason, until } = written;
  if (until < today) return `lapsed on ${until} (owner: ${owner})`;
  if (until > daysAfter(today, MOST_DAYS))
    return `lasts until ${until}, more than ${MOST_DAYS} days: agree on an earlier day with ${owner}, and renew it`;
  if (!/\p{L}{2}/u.test(owner)) return `names "${owner}" as its owner, and nobody is called so`;
  return saysSomething(reason) ? undefined : `gives "${reason}" as its reason, which says nothing`;
}

function setOf(sets: Map<Manifest, Set<string>>, object: Manifest): Set<string> {
  const set = sets.get(object) ?? new Set();
  sets.set(object, set);
  return set;
}

function* excuses(objects: Iterable<Manifest>, workloads: readonly Workload[]): Iterable<Excuse> {
  for (const object of objects) {
    if (object.metadata.annotations !== undefined) yield* excusesIn(object, object.metadata.annotations, '/metadata/annotations');
  }
  for (const { object, annotations, field } of workloads) {
    yield* excusesIn(object, annotations, field.replace(/spec$/, 'metadata/annotations'));
  }
}

function* excusesIn(object: Manifest, annotations: Readonly<Record<string, string>>, field: string): Iterable<Excuse> {
  for (const [ruleId, text] of exceptionsIn(annotations)) {
    yield { object, field: `${field}/slipway.dev~1exception.${ruleId}`, ruleId, text };
  }
}
