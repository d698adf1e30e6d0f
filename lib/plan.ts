import { App } from 'cdk8s';

import { environments } from './environments';
import { type Target, targetsOf } from './environments/environment';
import { tombstones } from './environments/tombstones';
import { defineAddons } from './gitops/addon-applications';
import { addonsOf } from './gitops/addons/addons';
import { type DeliveredTarget, deliveredTarget } from './gitops/delivered';
import { defineDelivery } from './gitops/delivery';
import type { AppChart } from './kubernetes/app-chart';
import type { SynthesizedTarget } from './kubernetes/synthesized';
import { modelNames } from './models/catalog';
import type { Plan } from './output/synthesis';
import { definePlatform, type TargetPins } from './platform';
import { IMAGE_NAMES } from './releases/images';
import type { ReleaseFile } from './releases/pin-file';
import { readReleases } from './releases/releases';
import { repository } from './repository';
import { findProblems } from './rules/check-target';
import { type Finding, report } from './rules/finding';
import type { RuledTarget } from './rules/target-index';
import { requireSound } from './target-checks/sound-targets';

/** What release files may name: everything that is built, and nothing else. */
export const knownNames = { environments: regionsOf(environments.flatMap(targetsOf)), images: IMAGE_NAMES, models: modelNames };

/** Regions by environment. Each environment has its file of pins, even if none of its targets is there. */
function regionsOf(targets: readonly Target[]): Record<string, string[]> {
  const regions = new Map<string, string[]>(environments.map(({ name }) => [name, []]));
  for (const { environment, region } of targets) regions.set(environment, [...(regions.get(environment) ?? []), region.name]);
  return Object.fromEntries(regions);
}

/**
 * What a synth of some targets consists of.
 *
 * @param files release files, with the pins of every environment
 * @throws TargetProblems if anything is wrong with a target, ReleaseProblems if anything is wrong with a release file
 */
export function planOf(targets: readonly Target[], files: readonly ReleaseFile[]): Plan<Target, DeliveredTarget, Finding> {
  requireSound(targets);
  const releases = readReleases(files, { ...knownNames, environments: regionsOf(targets) });
  const pinsOf = ({ environment, region }: Target) => releases.pins(environment, region.name);

  return {
    targets,
    build: (target) => synthesizeTarget(target, pinsOf(target)),
    check: (target) => findProblems(target),
    report,
    summarize: (target, { apps }) =>
      deliveredTarget(target, releases.rings(target.environment), apps, addonsOf(target, { kong: pinsOf(target).image('kong') })),
    deliver: (delivery) => [...defineDelivery(delivery, repository), ...delivery.map(defineAddons)],
    tombstones,
    unresolved: () => releases.unresolved,
  };
}

/** Defines the platform of one target and resolves its objects. One `App` each: cdk8s' costs grow with the square of what an App holds. */
export function synthesizeTarget(target: Target, pins: TargetPins): SynthesizedTarget & RuledTarget {
  const { environment, region } = target;
  const app = new App();
  definePlatform(app, target, pins);
  return { environment, region: region.name, apps: app.charts.map((chart) => (chart as AppChart).synthesize()), facts: { region } };
}
