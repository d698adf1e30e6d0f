import type { Manifest } from '../kubernetes/manifest';
import { fleetRules, targetRules } from './all';
import { today } from './check-target';
import { Exceptions, validExceptions } from './exceptions';
import type { Finding } from './finding';
import { FleetIndex, type RuledFleet } from './fleet-index';
import { folderOf } from './fleet-summary';
import type { AppProblem, FleetProblem, Problem, RuleText } from './rule';

/**
 * Runs every rule about the fleet on `argocd/` and on summaries of the targets that it delivers.
 *
 * @param day the day that exceptions are compared with, `YYYY-MM-DD`
 * @default - today
 */
export function findFleetProblems(ruled: RuledFleet, day: string = today()): readonly Finding[] {
  const fleet = new FleetIndex(ruled);
  const ofHub = new Exceptions(fleet.hub, day);
  const ofApps = new Exceptions({ objects: objectsOfApps(fleet) }, day);
  const found = new Map<string, Finding>();
  const add = (rule: RuleText, problem: FleetProblem): void => {
    const finding = findingOf(rule, problem, fleet, ruled);
    // Every Application of a set breaks what its template breaks: once is enough.
    const { place, app, object, field, message } = finding;
    const { kind, metadata } = object ?? {};
    const id = JSON.stringify([rule.id, place, app, kind, metadata?.namespace, metadata?.name, field, message]);
    if (!found.has(id)) found.set(id, finding);
  };
  for (const rule of fleetRules) {
    for (const problem of rule.checkFleet(fleet)) {
      const exceptions = 'app' in problem ? ofApps : ofHub;
      if (!exceptions.excuses(problem.object, rule.id)) add(rule, problem);
    }
  }
  for (const problem of ofHub.problems(FLEET_RULES, TARGET_RULES)) add(validExceptions, problem);
  for (const problem of ofApps.problems(FLEET_RULES, JUDGED_WITH_TARGETS)) add(validExceptions, appProblem(fleet, problem));
  return [...found.values()];
}

const TARGET_RULES: ReadonlySet<string> = new Set(targetRules.map(({ id }) => id));
const FLEET_RULES: ReadonlySet<string> = new Set(fleetRules.map(({ id }) => id));
const JUDGED_WITH_TARGETS = { has: (id: string): boolean => !FLEET_RULES.has(id) };

function* objectsOfApps(fleet: FleetIndex): Iterable<Manifest> {
  const seen = new Set<readonly Manifest[]>();
  for (const { objects } of fleet.apps.values()) {
    // Regions share their lists.
    if (seen.has(objects)) continue;
    seen.add(objects);
    yield* objects;
  }
}

/** The same problem, in the first app that holds the object. */
function appProblem(fleet: FleetIndex, problem: Problem): FleetProblem {
  const app = [...fleet.apps.values()].find(({ objects }) => objects.includes(problem.object));
  return app === undefined ? problem : { ...problem, app };
}

function findingOf(rule: RuleText, problem: FleetProblem, fleet: FleetIndex, { files }: RuledFleet): Finding {
  const { field, message } = problem;
  if (isAppProblem(problem)) {
    const { app, object } = problem;
    const { environment, region, name } = app;
    const place = `${environment}/${region}`;
    return { rule, environment, region, app: name, place, object, field, message, ...(files && { file: folderOf(app) }) };
  }
  const { object } = problem;
  const folder = fleet.hub.app(object);
  const [environment = '', region = ''] = folder.split('/');
  const known = fleet.targets.some((target) => target.environment === environment);
  const file = files?.get(object);
  return {
    ...{ rule, environment: known ? environment : '', region: known ? region : '', app: '', place: `argocd/${folder}` },
    ...{ object, field, message, ...(file !== undefined && { file }) },
  };
}

const isAppProblem = (problem: FleetProblem): problem is AppProblem => 'app' in problem;
