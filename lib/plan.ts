import { join } from 'node:path';

import { App } from 'cdk8s';

import { environments } from './environments';
import { type Target, targetsOf } from './environments/environment';
import { tombstones } from './environments/tombstones';
import { defineAddons } from './gitops/addon-applications';
import { addonsOf } from './gitops/addons/addons';
import { type DeliveredTarget, deliveredTarget } from './gitops/delivered';
import { defineDelivery } from './gitops/delivery';
import type { AppChart } from './kubernetes/app-chart';
import { type Origins, originsOf } from './kubernetes/origins';
import { sharingObjects, written } from './kubernetes/shared-objects';
import type { SynthesizedTarget } from './kubernetes/synthesized';
import { modelNames } from './models/catalog';
import type { Plan } from './output/synthesis';
import { definePlatform, type TargetPins } from './platform';
import { IMAGE_NAMES } from './releases/images';
import type { ReleaseFile } from './releases/pin-file';
import { readReleases } from './releases/releases';
import { repository } from './repository';
import type { WrittenTarget } from './rules/beside';
import { findFleetProblems } from './rules/check-fleet';
import { findProblems } from './rules/check-target';
import { type Finding, report } from './rules/finding';
import { type FleetTarget, Summaries } from './rules/fleet-summary';
import type { RuledTarget } from './rules/target-index';
import { requireSound } from './target-checks/require-sound';

/** What release files may name: everything that is built, and nothing else. */
export const knownNames = { environments: regionsOf(environments.flatMap(targetsOf)), images: IMAGE_NAMES, models: modelNames };

/** Regions by environment. Each environment has its file of pins, even if none of its targets is there. */
function regionsOf(targets: readonly Target[]): Record<string, string[]> {
  const regions = new Map<string, string[]>(environments.map(({ name }) => [name, []]));
  for (const { environment, region } of targets) regions.set(environment, [...(regions.get(environment) ?? []), region.name]);
  return Object.fromEntries(regions);
}

/** What is kept of a target when its manifests are long gone: what delivers it, and what rules about the fleet must know. */
export interface TargetSummary {
  readonly delivered: DeliveredTarget;
  readonly ruled: FleetTarget;
}

/**
 * What a synth of some targets consists of.
 *
 * @param files release files, with the pins of every environment
 * @throws TargetProblems if anything is wrong with a target, ReleaseProblems if anything is wrong with a release file
 */
export function planOf(targets: readonly Target[], files: readonly ReleaseFile[]): Plan<Target, TargetSummary, Finding> {
  requireSound(targets);
  const releases = readReleases(files, { ...knownNames, environments: regionsOf(targets) });
  const pinsOf = ({ environment, region }: Target) => releases.pins(environment, region.name);

  const summaries = new Summaries();
  const build = (target: Target) => synthesizeTarget(target, pinsOf(target));
  const deliver = (ofTargets: readonly TargetSummary[]) => {
    const delivery = ofTargets.map(({ delivered }) => delivered);
    return [...defineDelivery(delivery, repository), ...delivery.map(defineAddons)];
  };

  return {
    targets,
    build,
    check: (synthesized, target) => traced(findProblems({ ...synthesized, facts: { region: target.region } }), () => build(target)),
    beside: {
      file: join(__dirname, 'rules/beside.ts'),
      question: ({ environment, region, apps }, target): WrittenTarget => ({
        ...{ environment, region, facts: { region: target.region }, apps: written(apps) },
      }),
    },
    report,
    ruleOf: ({ rule }) => rule.id,
    summarize: (target, synthesized) => ({
      delivered: deliveredTarget(
        target,
        releases.rings(target.environment),
        synthesized.apps,
        addonsOf(target, { kong: pinsOf(target).image('kong') }),
      ),
      ruled: summaries.of({ ...synthesized, facts: { region: target.region } }),
    }),
    deliver,
    checkDelivery: (folders, ofTargets) => {
      const findings = findFleetProblems({ folders, targets: ofTargets.map(({ ruled }) => ruled) });
      const isOfTarget = ({ app }: Finding): boolean => app !== '';
      return [
        ...traced(findings.filter(isOfTarget), () => targets.map(build)),
        ...traced(
          findings.filter((finding) => !isOfTarget(finding)),
          () => deliver(ofTargets),
        ),
      ];
    },
    tombstones,
    unresolved: () => releases.unresolved,
  };
}

/** Defines the platform of one target and resolves its objects. One `App` each: cdk8s' costs grow with the square of what an App holds. */
export function synthesizeTarget(target: Target, pins: TargetPins): SynthesizedTarget & RuledTarget {
  const { environment, region } = target;
  const app = new App();
  definePlatform(app, target, pins);
  const apps = sharingObjects(app.node.children.map((chart) => (chart as AppChart).synthesize()));
  return { environment, region: region.name, apps, facts: { region } };
}

/** Findings that can tell who made their objects: for that, everything is made once more. */
function traced(findings: readonly Finding[], make: () => unknown): readonly Finding[] {
  let origins: Origins | undefined;
  return findings.map((finding) => ({
    ...finding,
    madeBy: () => {
      if (finding.object === undefined) return undefined;
      origins ??= originsOf(make);
      return origins(finding.object);
    },
  }));
}
