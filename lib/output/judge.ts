import type { SynthesizedTarget } from '../kubernetes/synthesized';
import { SecondThread } from '../threads/second-thread';
import type { SoundTargets, Staged } from './sound-targets';
import type { Place, Plan } from './synthesis';

/**
 * Finds what is wrong with targets. That nothing is may be remembered, or a second thread finds it out while the next target is built:
 * only a target that may be wrong is judged here.
 */
export class Judge<Target extends Place, Finding> {
  private thread?: SecondThread;

  constructor(
    private readonly plan: Pick<Plan<Target, unknown, Finding>, 'targets' | 'build' | 'check' | 'beside'>,

    /** @default - every target is judged */
    private readonly sound?: SoundTargets,
  ) {}

  /** Takes a target whose folders are staged. What it returns waits for the findings, and throws what a rule throws. */
  public take(synthesized: SynthesizedTarget, target: Target, folders: readonly Staged[]): () => readonly Finding[] {
    const state = this.sound?.stateOf(target, folders);
    if (this.sound?.knows(state)) return () => [];
    const isSound = this.ask(synthesized, target);
    if (isSound === undefined) {
      const findings = this.remembered(state, this.plan.check(synthesized, target));
      return () => findings;
    }
    return this.later(target, state, isSound);
  }

  /** Lets go of the thread. */
  public end(): void {
    this.thread?.end();
  }

  private ask(synthesized: SynthesizedTarget, target: Target): (() => boolean) | undefined {
    const { beside, targets } = this.plan;
    if (beside === undefined || !SecondThread.isPossible) return undefined;
    this.thread ??= new SecondThread(beside.file, targets.length);
    return this.thread.ask(beside.question(synthesized, target));
  }

  /** Keeps no object of the target in memory: one that may be wrong is built once more. */
  private later(target: Target, state: string | undefined, isSound: () => boolean): () => readonly Finding[] {
    const { build, check } = this.plan;
    return () => this.remembered(state, isSound() ? [] : check(build(target), target));
  }

  private remembered(state: string | undefined, findings: readonly Finding[]): readonly Finding[] {
    if (findings.length === 0) this.sound?.add(state);
    return findings;
  }
}
