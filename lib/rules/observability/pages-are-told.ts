import type { Manifest } from '../../kubernetes/manifest';
import { type Data, record, records } from '../fields';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import { promSeconds, SEVERITIES } from './alerts-call-for-action';
import { accepts, type Matcher, matchersOf, unknownSeverity } from './matchers';

const GROUP = 'monitoring.coreos.com';

/** The severity that wakes somebody, and the one that must not silence it. */
const [PAGE, TICKET] = ['page', 'ticket'] as const;

/** What Alertmanager takes where a route and those above it say nothing. */
const DEFAULTS: Readonly<Record<string, string>> = { groupWait: '30s', groupInterval: '5m', repeatInterval: '4h' };

/** What somebody who is woken may have waited for at most, seconds. */
const LONGEST: Readonly<Record<string, readonly [seconds: number, otherwise: string]>> = {
  groupWait: [300, 'whoever is to be woken is told of an outage so much later'],
  groupInterval: [1800, 'the next page of the same group waits for so long'],
  repeatInterval: [86_400, 'an outage that nobody saw to is not told again on the same day'],
};

/** A wait, and the field that says it. */
type Wait = readonly [written: string, field: string];

export const pagesAreTold: Rule = {
  id: 'pages-are-told',
  title: 'Alertmanager tells pages within minutes and again while they last, and nothing that is less urgent silences them.',
  why: 'A route takes any duration, and an inhibition any labels: a page that waits for its group for hours, or that a ticket silences, is an outage that nobody hears of.',
  fix: 'Correct the waits of the route, or the sides of the inhibition, in lib/monitoring/alert-routing.ts.',
  *check(target) {
    for (const object of target.all(`AlertmanagerConfig.${GROUP}`)) {
      const kept = target.all(`Alertmanager.${GROUP}`).find(({ spec }) => spec?.alertmanagerConfiguration?.name === object.metadata.name)
        ?.spec?.retention;
      const waits = Object.fromEntries(Object.entries(DEFAULTS).map(([name, value]) => [name, [value, '/spec/route'] as Wait]));
      const found = new Map<string, string>();
      for (const [field, message] of ofRoute(record(object.spec?.route), '/spec/route', waits, true, kept)) found.set(field, message);
      for (const [field, message] of found) yield { object, field, message };
      yield* inhibitions(object, target);
    }
  },
};

function* ofRoute(
  route: Data,
  field: string,
  above: Readonly<Record<string, Wait>>,
  pagesAbove: boolean,
  kept: unknown,
): Iterable<readonly [field: string, message: string]> {
  const own = Object.keys(DEFAULTS).flatMap((name) => (typeof route[name] === 'string' ? [[name, [route[name], `${field}/${name}`]]] : []));
  const waits: Readonly<Record<string, Wait>> = { ...above, ...Object.fromEntries(own) };
  const matchers = matchersOf(route.matchers, `${field}/matchers`);
  yield* unknownSeverity(matchers);
  const takesPages = pagesAbove && accepts(matchers, { severity: PAGE });
  const children = records(route.routes).map((child, i) => [child, `${field}/routes/${i}`] as const);
  const isTaken = children.some(([child]) => child.continue !== true && isForAll(matchersOf(child.matchers, ''), PAGE));
  yield* faults(waits, takesPages && !isTaken, kept);
  for (const [child, at] of children) yield* ofRoute(child, at, waits, takesPages, kept);
}

/** Whether a route takes every alert of a severity. */
const isForAll = (matchers: readonly Matcher[], severity: string): boolean =>
  matchers.every(({ name }) => name === 'severity') && accepts(matchers, { severity });

function* faults(waits: Readonly<Record<string, Wait>>, takesPages: boolean, kept: unknown): Iterable<readonly [string, string]> {
  for (const [name, [longest, otherwise]] of Object.entries(LONGEST)) {
    const [written, field] = waits[name] ?? ['', ''];
    if (takesPages && promSeconds(written) > longest) yield [field, `is ${written}: ${otherwise}`];
  }
  const [[interval = ''] = [], [repeat = '', field = ''] = []] = [waits['groupInterval'], waits['repeatInterval']];
  if (promSeconds(repeat) < promSeconds(interval))
    yield [field, `is ${repeat}, and a group is looked at every ${interval}: nothing is repeated sooner`];
  if (typeof kept === 'string' && promSeconds(repeat) > promSeconds(kept))
    yield [field, `is ${repeat}, and Alertmanager forgets after ${kept} what it has told`];
}

function* inhibitions(object: Manifest, target: TargetIndex): Iterable<Problem> {
  for (const [i, { sourceMatch, targetMatch, equal }] of records(object.spec?.inhibitRules).entries()) {
    const field = `/spec/inhibitRules/${i}`;
    const [source, silenced] = [matchersOf(sourceMatch, `${field}/sourceMatch`), matchersOf(targetMatch, `${field}/targetMatch`)];
    const unknown = [...unknownSeverity(source), ...unknownSeverity(silenced)];
    for (const [at, message] of unknown) yield { object, field: at, message };
    if (unknown.length > 0) continue;
    if (severitiesOf(source, target).has(TICKET) && severitiesOf(silenced, target).has(PAGE))
      yield { object, field, message: 'has a ticket silence a page: nobody is woken while something less urgent is open' };
    if (records(silenced).length === 0) yield { object, field: `${field}/targetMatch`, message: 'is missing: every alert is silenced' };
    if (!source.some(({ name }) => name === 'alertname') && !(Array.isArray(equal) && equal.length > 0))
      yield { object, field: `${field}/equal`, message: 'is missing: one alert silences those about everything else' };
  }
}

/** Severities of the alerts that matchers may mean. Where they name no alert, the severity that they ask for is all that is known. */
function severitiesOf(matchers: readonly Matcher[], target: TargetIndex): ReadonlySet<string> {
  if (!matchers.some(({ name }) => name === 'alertname'))
    return new Set([...SEVERITIES].filter((severity) => accepts(matchers, { severity })));
  const alerts = target
    .all(`PrometheusRule.${GROUP}`)
    .flatMap(({ spec }) => records(spec?.groups).flatMap(({ rules }) => records(rules)))
    .map(({ alert, labels }) => ({ ...record(labels), alertname: alert }));
  return new Set(alerts.filter((labels) => accepts(matchers, labels)).map((labels) => String(record(labels).severity)));
}
