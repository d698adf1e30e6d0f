import type { Target } from '../environments/environment';
import { planOf } from '../plan';
import type { ReleaseFile } from '../releases/pin-file';
import { releaseFiles } from '../releases/releases';

/** What the rules find in some targets and in what delivers them, as synth would print it. */
export function problemsOfFleet(some: readonly Target[], files: readonly ReleaseFile[] = releaseFiles('releases')): readonly string[] {
  const { build, check, summarize, deliver, checkDelivery, report } = planOf(some, files);
  const built = some.map((target) => [target, build(target)] as const);
  const summaries = built.map(([target, synthesized]) => summarize(target, synthesized));
  return report([
    ...built.flatMap(([target, synthesized]) => check(synthesized, target)),
    ...checkDelivery([...deliver(summaries)], summaries),
  ]);
}
