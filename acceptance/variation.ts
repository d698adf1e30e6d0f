import { targets } from '../lib/environments';
import type { Target } from '../lib/environments/environment';
import type { Manifest } from '../lib/kubernetes/manifest';
import { planOf } from '../lib/plan';
import { releaseFiles } from '../lib/releases/releases';

/**
 * What a target would be with other settings: for choices that an environment may make and none makes today.
 *
 * @param name `<environment>/<region>`
 */
export function varied(name: string, change: (target: Target) => Target): readonly Manifest[] {
  const [environment, region] = name.split('/');
  const target = targets.find((candidate) => candidate.environment === environment && candidate.region.name === region);
  if (target === undefined) throw new Error(`Cannot vary "${name}" as there is no such target`);
  const fleet = targets.map((candidate) => (candidate === target ? change(target) : candidate));
  const plan = planOf(fleet, releaseFiles('releases'));
  const changed = fleet[targets.indexOf(target)] as Target;
  const synthesized = plan.build(changed);
  plan.summarize(changed, synthesized);
  return synthesized.apps.flatMap(({ manifests }) => manifests);
}
