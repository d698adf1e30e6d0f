import { dirname } from 'node:path';

import { BlastRadius } from '../blast-radius/blast-radius';
import { RECORD, recordOf } from '../blast-radius/record';
import type { Tombstone } from '../blast-radius/tombstone';
import type { SynthesizedApp, SynthesizedTarget } from '../kubernetes/synthesized';
import type { Arguments } from './arguments';
import { OUTPUT_ROOTS } from './folders';
import { Judge } from './judge';
import { type Changes, Output } from './output';
import { Problems } from './problems';
import type { Progress } from './progress';
import type { SoundTargets, Staged } from './sound-targets';

/** What a synth consists of. */
export interface Plan<Target extends Place, Summary, Finding> {
  readonly targets: readonly Target[];

  /** Defines and resolves every app of a target. */
  readonly build: (target: Target) => SynthesizedTarget;

  /** Finds what is wrong with a target. */
  readonly check: (synthesized: SynthesizedTarget, target: Target) => readonly Finding[];

  /**
   * What tells in a second thread whether nothing is wrong with a target, while the next one is built.
   *
   * @default - one thread does everything
   */
  readonly beside?: {
    /** TypeScript file that calls `answerQuestions`. */
    readonly file: string;

    /** Everything that decides about a target, as plain data. */
    readonly question: (synthesized: SynthesizedTarget, target: Target) => unknown;
  };

  /** Writes findings of all targets as texts. */
  readonly report: (findings: readonly Finding[]) => readonly string[];

  /** The rule that a finding is about, as its page names it. */
  readonly ruleOf: (finding: Finding) => string;

  /** What the delivery needs to know about a target: all that is kept of it. */
  readonly summarize: (target: Target, synthesized: SynthesizedTarget) => Summary;

  /** What delivers the targets, once all of them are right: the folders of argocd/. */
  readonly deliver: (summaries: readonly Summary[]) => Iterable<SynthesizedApp>;

  /** Finds what is wrong with the delivery as a whole, and with how it agrees with the targets. */
  readonly checkDelivery: (folders: readonly SynthesizedApp[], summaries: readonly Summary[]) => readonly Finding[];

  /**
   * What is meant to go, of all that is committed.
   *
   * @default - nothing
   */
  readonly tombstones?: readonly Tombstone[];

  /** Pins that the targets asked for and that lack a digest, a revision or a checksum. */
  readonly unresolved: () => readonly { readonly message: string }[];
}

/** What tells targets apart. */
export interface Place {
  readonly environment: string;
  readonly region: { readonly name: string };
}

/** What came of a synth. */
export interface Result {
  readonly purpose: Arguments['purpose'];

  /** Everything that is wrong. If anything is, nothing was written. */
  readonly problems: readonly string[];

  /** Rules that the problems are about. What was thrown is about none. */
  readonly rules: ReadonlySet<string>;

  /**
   * How the output differs from what was synthesized, before anything was written.
   *
   * @default - problems kept it from being compared
   */
  readonly changes?: Changes;
  readonly targets: number;
  readonly objects: number;

  /** Number of pins without a digest, a revision or a checksum. */
  readonly unresolved: number;

  /** Time that each phase took, ms. */
  readonly phases: Readonly<Record<Phase, number>>;
}

/** Load: from the start of the process until the plan is there. Build: constructs to data. Check: rules. Serialize: YAML, compared with the files. Write: files to their places. */
export type Phase = 'load' | 'build' | 'check' | 'serialize' | 'write';

/** Synthesizes target after target, and the delivery when all of them are right. Only then is anything written. */
export class Synthesis {
  private readonly problems = new Problems();
  private readonly rules = new Set<string>();
  private readonly phases = { load: 0, build: 0, check: 0, serialize: 0, write: 0 };
  private readonly blast: BlastRadius;
  private readonly output: Output;
  private objects = 0;
  private staged: 'partly' | 'targets' | 'all' = 'partly';

  constructor(
    /** The repository, an absolute path. */
    root: string,
    private readonly options: Arguments,
    private readonly progress: Progress,

    /** @default - every target is judged */
    private readonly sound?: SoundTargets,
  ) {
    this.blast = new BlastRadius(root);
    this.output = new Output(root, OUTPUT_ROOTS, options.purpose, this.blast);
  }

  /** Runs a plan, or tells what is wrong with the data that it is made of, which it throws. */
  public run<T extends Place, S, F>(plan: () => Plan<T, S, F>): Result {
    try {
      const planned = this.problems.catch(undefined, plan);
      this.phases.load = process.uptime() * 1000;
      const isThere = this.problems.catch(undefined, () => this.output.requireRoots() ?? true) === true;
      if (planned !== undefined && isThere) this.synthesize(planned);

      const changes = isThere ? this.problems.catch(undefined, () => this.time('serialize', () => this.output.changes())) : undefined;
      if (planned !== undefined && changes !== undefined) this.time('check', () => this.refuse(changes, planned));
      const { purpose } = this.options;
      const problems = this.problems.texts;
      if (problems.length === 0 && purpose === 'write') this.time('write', () => this.output.commit());
      const { objects, phases, rules } = this;
      const [targets, unresolved] = [planned?.targets.length ?? 0, planned?.unresolved().length ?? 0];
      return { purpose, problems, rules, ...(changes && { changes }), targets, objects, unresolved, phases };
    } finally {
      this.output.discard();
    }
  }

  private synthesize<T extends Place, S, F>(plan: Plan<T, S, F>): void {
    const { targets, build, summarize, deliver, checkDelivery, unresolved } = plan;
    const summaries: S[] = [];
    const findings: F[] = [];
    const judge = new Judge(plan, this.sound);
    const judged: [place: string, find: () => readonly F[]][] = [];
    for (const [index, target] of targets.entries()) {
      const place = `${target.environment}/${target.region.name}`;
      this.progress.show(index, targets.length, place);
      this.problems.catch(place, () => {
        const synthesized = this.time('build', () => build(target));
        const folders = this.stage(`dist/${place}`, synthesized.apps);
        judged.push([place, this.time('check', () => judge.take(synthesized, target, folders))]);
        summaries.push(summarize(target, synthesized));
      });
    }
    for (const [place, find] of judged) this.problems.catch(place, () => findings.push(...this.time('check', find)));
    judge.end();
    if (summaries.length === targets.length) this.staged = 'targets';
    this.report(findings, plan);
    if (this.options.requireDigests) for (const { message } of unresolved()) this.problems.add(message);
    if (this.problems.texts.length > 0) return;
    this.problems.catch('argocd', () => {
      const folders = this.time('build', () => [...deliver(summaries)]);
      this.report(
        this.time('check', () => checkDelivery(folders, summaries)),
        plan,
      );
      this.stage('argocd', folders);
      if (plan.tombstones?.length) this.output.stage(dirname(RECORD), '', [recordOf(plan.tombstones)]);
      this.staged = 'all';
    });
  }

  private report<F>(findings: readonly F[], { report, ruleOf }: Pick<Plan<Place, unknown, F>, 'report' | 'ruleOf'>): void {
    for (const text of report(findings)) this.problems.add(text);
    for (const finding of findings) this.rules.add(ruleOf(finding));
  }

  /** Refuses to take away what is committed, as far as it is known what comes in its place. */
  private refuse(changes: Changes, { tombstones = [] }: Pick<Plan<Place, unknown, unknown>, 'tombstones'>): void {
    const today = new Date().toISOString().slice(0, 10);
    if (this.staged === 'partly') return;
    for (const text of this.blast.problems(changes, tombstones, today, this.staged)) this.problems.add(text);
  }

  /** Stages apps, each in its folder, and tells them by their objects, where that is possible. */
  private stage(folder: string, apps: readonly SynthesizedApp[]): readonly Staged[] {
    return apps.map(({ name, namespace, manifests }) => {
      this.objects += manifests.length;
      const place = `${folder}/${name}`;
      this.blast.staged(place, manifests.length);
      const objects = this.problems.catch(place, () => this.time('serialize', () => this.output.stage(place, namespace, manifests)));
      return { place, objects };
    });
  }

  private time<R>(phase: Phase, work: () => R): R {
    const start = process.uptime();
    try {
      return work();
    } finally {
      this.phases[phase] += (process.uptime() - start) * 1000;
    }
  }
}
