import { join } from 'node:path';

import { targets } from '../../lib/environments';
import type { SynthesizedApp, SynthesizedTarget } from '../../lib/kubernetes/synthesized';
import { planOf } from '../../lib/plan';
import { releaseFiles } from '../../lib/releases/releases';
import { Summaries, type FleetTarget as Summary } from '../../lib/rules/fleet-summary';
import type { RuledTarget } from '../../lib/rules/target-index';

/** One target of the fleet, with what its manifests do not tell. */
export type FleetTarget = SynthesizedTarget & RuledTarget;

/** Everything that a synth of the real targets would write. */
export class Fleet {
  public readonly targets: readonly FleetTarget[];

  /** The folders of `argocd/`. */
  public readonly delivery: readonly SynthesizedApp[];

  readonly #summaries = new Map<FleetTarget, Summary>();
  readonly #summarize = new Summaries();

  /** @param root the repository, whose `releases/` hold the pins */
  constructor(root: string) {
    const { build, summarize, deliver } = planOf(targets, releaseFiles(join(root, 'releases')));
    const built = targets.map((target) => ({ target, synthesized: { ...build(target), facts: { region: target.region } } }));
    this.targets = built.map(({ synthesized }) => synthesized);
    this.delivery = [...deliver(built.map(({ target, synthesized }) => summarize(target, synthesized)))];
  }

  /** The target of a place, `<environment>/<region>`. */
  public target(place: string): FleetTarget {
    const found = this.targets.find(({ environment, region }) => `${environment}/${region}` === place);
    if (found === undefined) throw new RangeError(`Cannot find a target "${place}" in the fleet: adapt the fault`);
    return found;
  }

  /** What rules about the fleet know of a target. Those that no fault has touched are summarized once. */
  public summary(target: FleetTarget): Summary {
    if (!this.targets.includes(target)) return this.#summarize.of(target);
    const known = this.#summaries.get(target) ?? this.#summarize.of(target);
    this.#summaries.set(target, known);
    return known;
  }

  /** Whether a summary says the same as that of a target before it was touched. Summaries share lists of the same objects. */
  public isLike({ apps }: Summary, index: number): boolean {
    const target = this.targets[index];
    const before = target === undefined ? [] : this.summary(target).apps;
    return apps.length === before.length && apps.every(({ name, objects }, i) => before[i]?.name === name && before[i].objects === objects);
  }
}
