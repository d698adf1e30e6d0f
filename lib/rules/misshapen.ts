import { describe, type Manifest } from '../kubernetes/manifest';
import { quote } from '../messages/quote';
import type { RuledTarget } from './target-index';

/** A tree of nothing but nonsense needs no complete list of it. */
const MOST = 50;

/** What is left of a target, and what is known about it. */
export interface Checked<F> {
  readonly findings: readonly F[];

  /** One message for each object that the rules cannot read. */
  readonly misshapen: readonly string[];
}

/**
 * Checks a target that somebody else wrote: an object whose fields are not those of its kind is named and left out, where the same
 * object among those that Slipway made would be a mistake of Slipway's.
 */
export function checkAnything<F>(target: RuledTarget, check: (target: RuledTarget) => readonly F[]): Checked<F> {
  const objects = target.apps.flatMap(({ name, manifests }) => manifests.map((object) => ({ app: name, object })));
  const attempt = (count: number): readonly F[] | Error => {
    const some = new Set(objects.slice(0, count).map(({ object }) => object));
    const apps = target.apps.map((app) => ({ ...app, manifests: app.manifests.filter((object) => some.has(object)) }));
    try {
      return check({ ...target, apps });
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  };

  const misshapen: string[] = [];
  for (;;) {
    const outcome = attempt(objects.length);
    if (!(outcome instanceof Error)) return { findings: outcome, misshapen };
    // The first objects up to `good` can be checked, those up to `bad` cannot.
    let [good, bad] = [0, objects.length];
    while (bad - good > 1) {
      const middle = Math.floor((good + bad) / 2);
      if (attempt(middle) instanceof Error) bad = middle;
      else good = middle;
    }
    const [found] = objects.splice(bad - 1, 1);
    if (found === undefined || misshapen.length === MOST) throw outcome;
    misshapen.push(refusal(target, found.app, found.object, outcome));
  }
}

function refusal({ environment, region, files }: RuledTarget, app: string, object: Manifest, error: Error): string {
  const place = files?.get(object) ?? `${environment}/${region}/${app}`;
  return `Cannot check ${describe(object)} of ${quote(place)} by the rules as one of its fields has another type than its kind allows (${error.message}): correct it by the schema of its kind`;
}
