import { systemRefusal } from '../messages/system-refusal';

/** More places of one problem are counted, not named. */
const MOST_PLACES = 8;

/** Collects what is wrong, so that all of it is told at once. */
export class Problems {
  /** Each text, with the places it was found in. */
  private readonly places = new Map<string, string[]>();

  /** Adds a problem, or a further place of one that is known already. */
  public add(text: string, place?: string): void {
    const places = this.places.get(text) ?? [];
    if (place !== undefined) places.push(place);
    this.places.set(text, places);
  }

  /** Calls a function; what it throws is a problem, or several. */
  public catch<T>(place: string | undefined, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      for (const text of textsOf(error)) this.add(text, place);
      return undefined;
    }
  }

  /** Every problem, in the order found: `prod/us-west-2: Cannot …`, or `{prod/us-west-2,prod/eu-west-1}: Cannot …`. */
  public get texts(): readonly string[] {
    return [...this.places].map(([text, places]) => {
      if (places.length === 0) return text;
      if (places.length === 1) return `${places[0]}: ${text}`;
      const more = places.length > MOST_PLACES ? `,… ${places.length - MOST_PLACES} more` : '';
      return `{${places.slice(0, MOST_PLACES).join(',')}${more}}: ${text}`;
    });
  }
}

/** What to tell about something thrown: the place in the code for a refusal, the whole way there for what nobody expected. */
function textsOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [String(error)];
  const { problems } = error as { problems?: readonly { readonly message: string }[] };
  if (problems !== undefined) return problems.map(({ message }) => message);
  if (error instanceof AggregateError) return error.errors.flatMap(textsOf);
  if (!error.message.startsWith('Cannot ')) return [systemRefusal(error) ?? error.stack ?? error.message];

  const frames = error.stack?.split('\n').filter((line) => line.startsWith('    at ') && !line.includes('node_modules')) ?? [];
  const [place] = frames.map((line) => /\(?([^()\s]+\.ts:\d+:\d+)\)?$/.exec(line)?.[1]).filter((file) => file !== undefined);
  return [place === undefined ? error.message : `${error.message} (${place})`];
}
