import type { Logins } from './docker-logins';
import { commitOf } from './hub';
import { type Subject, subjectOf } from './pinned-values';
import { digestOf } from './registry';
import { NoAnswer, type Patience } from './requests';

/** Questions open at the same time: enough to be quick, few enough to be polite. */
const AT_ONCE = 6;

/** What became of a lookup. */
export interface Outcome<S extends Subject> {
  readonly value: S;
  readonly found?: string;

  /** @default - it was found */
  readonly failure?: string;
}

/** Asks registries and the hub. The same image or model is asked for once, wherever it is pinned. */
export class Lookups {
  readonly #answers = new Map<string, Promise<string>>();

  constructor(
    private readonly logins: Logins,
    private readonly hub: string,
    private readonly patience: Patience,
  ) {}

  /** What all of these resolve to, in their order. */
  public async all<S extends Subject>(values: readonly S[]): Promise<Outcome<S>[]> {
    const outcomes: Outcome<S>[] = [];
    const waiting = values.entries();
    const work = async () => {
      for (const [index, value] of waiting) outcomes[index] = await this.#outcome(value);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return outcomes;
  }

  async #outcome<S extends Subject>(value: S): Promise<Outcome<S>> {
    const subject = subjectOf(value);
    const answer = this.#answers.get(subject) ?? this.#ask(value);
    this.#answers.set(subject, answer);
    try {
      return { value, found: await answer };
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      return { value, failure: `Cannot look up ${subject} as ${error.message}` };
    }
  }

  async #ask(subject: Subject): Promise<string> {
    if (subject.kind === 'image') return digestOf(subject, this.logins, this.patience);
    const [scheme, repository = ''] = subject.source.split('://', 2);
    if (scheme !== 'hf') throw new NoAnswer('a bucket knows no commits: write the commit of the files that were copied there');
    return commitOf(repository, this.hub, this.patience);
  }
}
