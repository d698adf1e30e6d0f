import type { Target } from '../environments/environment';
import { catalog } from '../models/catalog';
import { gpus } from '../regions/gpu';
import { repository } from '../repository';
import { agreeing } from './agreement';
import { catalogMistakes } from './catalogs';
import { clashes } from './clashes';
import { hostMistakes } from './hosts';
import { needs } from './needs';
import { type Mistake, mistakesIn } from './plain-values';
import { regionMistakes } from './regions';
import { schemaMistakes } from './schema-mistakes';

/** Everything that is wrong with the targets. */
export class TargetProblems extends Error {
  public readonly problems: readonly { readonly message: string }[];

  constructor(messages: readonly string[]) {
    super(messages.join('\n'));
    this.name = 'TargetProblems';
    this.problems = messages.map((message) => ({ message }));
  }
}

/**
 * Proves that the targets are ones that can be synthesized: names that are safe in paths, figures that are possible, hosts that exist
 * in DNS, settings that have what they need of others, and no two of what there may be one of.
 *
 * What one setting needs of another is asked here, before anything is made: later, dozens of rules would tell of its consequences.
 *
 * @throws TargetProblems with one message for each mistake, wherever it was made
 */
export function requireSound(targets: readonly Target[]): void {
  const found = targets.flatMap((target) => [...mistakesOf(target)].map((mistake) => ({ target, mistake })));
  const messages = [...catalogMistakes({ models: catalog, gpus, repository }), ...agreeing(found)];
  if (messages.length === 0) messages.push(...clashes(targets));
  if (messages.length > 0) throw new TargetProblems(messages);
}

/** Mistakes of a target: those of its form, or else those of its content. */
function mistakesOf(target: Target): readonly Mistake[] {
  const plain = [...mistakesIn(target)];
  if (plain.length > 0) return plain;
  const form = [...schemaMistakes(target)];
  return form.length > 0 ? form : [...regionMistakes(target), ...needs(target), ...hostMistakes(target)];
}
