import type { Manifest } from '../../kubernetes/manifest';
import { type Data, record, records } from '../fields';
import type { Rule } from '../rule';

/** What the receivers of Alertmanager distinguish. */
export const SEVERITIES: ReadonlySet<string> = new Set(['page', 'ticket']);

const DURATION = /^(?:\d+(?:ms|[smhdwy]))+$/;

/** What makes a query true or false: without it an alert fires as soon as its metric exists. */
const CONDITION = /[<>]|[=!]=|\b(?:absent|absent_over_time|unless)\b/;

/** A day: what is not urgent by then is a report. */
const LONGEST_PATIENCE = 86_400;

const UNITS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, y: 31_536_000 };

/** Seconds of a duration as Prometheus and Alertmanager write it; 0 for what is none. */
export const promSeconds = (text: unknown): number =>
  [...String(text).matchAll(/(\d+)(ms|[smhdwy])/g)].reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ''] ?? 0), 0);

/** Each alert has a page of its own name. */
const pageOf = (alert: string): string => alert.replace(/(?<=[a-z\d])(?=[A-Z])/g, '-').toLowerCase();

export const alertsCallForAction: Rule = {
  id: 'alerts-call-for-action',
  title: 'Every alert has a condition, a severity that reaches somebody, a summary, a description and a runbook, and a name of its own.',
  why: 'Whoever is woken by an alert needs to know what is wrong and what to do; an alert of an unknown severity reaches nobody, and one that fires at the first moment is soon ignored.',
  fix: 'Define alerts with AlertRules of lib/observability/alert-rules.ts, which asks for all of it.',
  *check(target) {
    const names = new Map<string, Manifest>();
    for (const object of target.all('PrometheusRule.monitoring.coreos.com')) {
      const groups = new Set<unknown>();
      for (const [i, { name, rules }] of records(object.spec?.groups).entries()) {
        const again = groups.has(name);
        if (again)
          yield { object, field: `/spec/groups/${i}/name`, message: `is "${name}", which another group of the object is called already` };
        groups.add(name);
        for (const [j, rule] of records(rules).entries()) {
          if (typeof rule.alert !== 'string') continue;
          const at = `/spec/groups/${i}/rules/${j}`;
          const other = names.get(rule.alert);
          // A group that is there twice has its alerts twice.
          if (other !== undefined && !again)
            yield {
              object,
              field: `${at}/alert`,
              message: `is "${rule.alert}", a name that an alert has already in PrometheusRule/${other.metadata.name}`,
            };
          names.set(rule.alert, object);
          for (const [field, message] of faults(rule))
            yield { object, field: `${at}${field}`, message: `${message} (alert ${rule.alert})` };
        }
      }
    }
  },
};

function* faults(rule: Data): Iterable<readonly [field: string, message: string]> {
  const { annotations, labels, expr } = rule;
  const { runbook_url: runbook, summary, description } = record(annotations);
  const { severity } = record(labels);
  if (!/^https?:\/\/\S+$/.test(String(runbook)))
    yield ['/annotations/runbook_url', `is ${JSON.stringify(runbook) ?? 'missing'}, not the URL of a runbook`];
  if (String(summary ?? '').trim() === '') yield ['/annotations/summary', 'is missing'];
  if (String(description ?? '').trim() === '') yield ['/annotations/description', 'is missing'];
  if (!SEVERITIES.has(severity))
    yield ['/labels/severity', severity === undefined ? 'is missing' : `is "${severity}", a severity that no route sends to anybody`];
  if (!DURATION.test(String(rule.for))) yield ['/for', rule.for === undefined ? 'is missing' : `is "${rule.for}", which is no duration`];
  else if (promSeconds(rule.for) > LONGEST_PATIENCE) yield ['/for', `is "${rule.for}": whoever is told is told a day too late`];
  const page = /\/([\w-]+)\.md$/.exec(String(runbook))?.[1];
  if (page !== undefined && page !== pageOf(String(rule.alert)))
    yield ['/annotations/runbook_url', `leads to "${page}", and the page of this alert is "${pageOf(String(rule.alert))}"`];
  for (const [name, text] of Object.entries(record(annotations))) {
    if (String(text).split('{{').length !== String(text).split('}}').length)
      yield [`/annotations/${name}`, 'opens braces that it does not close: nobody is told anything but that'];
  }
  if (!CONDITION.test(String(expr).replace(/\{[^}]*\}/g, '')))
    yield ['/expr', 'compares nothing, so that it fires as soon as its metric exists'];
}
