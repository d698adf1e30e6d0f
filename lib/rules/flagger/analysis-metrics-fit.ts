import type { Manifest } from '../../kubernetes/manifest';
import type { Release } from '../canary';
import { durationSeconds } from '../durations';
import { type Data, record, records } from '../fields';
import type { Problem, Rule } from '../rule';

const BUILT_IN = new Set(['request-success-rate', 'request-duration']);

/** Providers whose proxies report what Flagger's own metrics query. */
const WITHOUT_SERIES = /^(?:gatewayapi|kubernetes)/;

const SOURCES = new Set(
  'prometheus influxdb datadog externalmetrics stackdriver cloudwatch newrelic graphite dynatrace keptn splunk'.split(' '),
);
const FUNCTIONS = new Set(['name', 'namespace', 'target', 'service', 'ingress', 'route', 'interval', 'variables']);

export const analysisMetricsFit: Rule = {
  id: 'analysis-metrics-fit',
  title: 'Every metric of an analysis has a template that renders, an interval and a bound.',
  why: "Without an interval the query does not parse, without a thresholdRange every value above zero fails, and Flagger's built-in metrics ask for series that no engine exports: each of these fails the check, and the version is rolled back.",
  fix: 'Define each gate with defineGate() of lib/delivery/gates.ts, and name it in the Canary with interval and thresholdRange.',
  *check(target) {
    const used = new Set(target.releases.flatMap(templatesOf));
    for (const object of target.all('MetricTemplate.flagger.app')) {
      yield* templateFaults(object);
      const { name, namespace } = object.metadata;
      if (used.has(`${namespace}/${name}`)) continue;
      yield { object, field: '/metadata/name', message: `names a metric that no Canary uses` };
    }
    for (const release of target.releases) {
      const names = new Set<unknown>();
      const templates = new Set(templatesOf(release));
      for (const [i, metric] of records(record(release.canary.spec).analysis?.metrics).entries()) {
        const template = target.find(
          'MetricTemplate.flagger.app',
          metric.templateRef?.namespace ?? release.namespace,
          metric.templateRef?.name,
        );
        for (const [at, message] of faults(metric, release, template)) {
          yield { object: release.canary, field: `/spec/analysis/metrics/${i}${at}`, message };
        }
        const other = metric.templateRef?.name;
        if (other !== undefined && other !== metric.name && templates.has(`${release.namespace}/${metric.name}`)) {
          const message = `is "${other}", though there is a template "${metric.name}": its bound is for that one`;
          yield { object: release.canary, field: `/spec/analysis/metrics/${i}/templateRef/name`, message };
        }
        if (names.has(metric.name)) {
          yield {
            object: release.canary,
            field: `/spec/analysis/metrics/${i}/name`,
            message: `is "${metric.name}", which another metric of the Canary is called already`,
          };
        }
        names.add(metric.name);
      }
    }
  },
};

const templatesOf = ({ canary, namespace }: Release): readonly string[] =>
  records(record(canary.spec).analysis?.metrics).map(({ templateRef }) => `${templateRef?.namespace ?? namespace}/${templateRef?.name}`);

function* faults(
  metric: Data,
  { provider, canary }: Release,
  template: Manifest | undefined,
): Iterable<readonly [field: string, message: string]> {
  const { name, templateRef, interval, thresholdRange, templateVariables, query } = metric;
  if (templateRef === undefined && query === undefined) {
    if (!BUILT_IN.has(name)) yield ['/templateRef', `is missing, and Flagger has no metric "${name}" of its own`];
    else if (WITHOUT_SERIES.test(provider))
      yield ['/name', `is "${name}", whose series nothing exports with ${provider}: use a MetricTemplate`];
  }
  if (Number.isNaN(durationSeconds(interval)))
    yield ['/interval', `is ${JSON.stringify(interval) ?? 'missing'}, not a duration such as "1m"`];

  const { min, max } = record(thresholdRange);
  if (typeof min !== 'number' && typeof max !== 'number') yield ['/thresholdRange', 'has no min or max: any value above 0 would fail'];
  else if (min > max) yield ['/thresholdRange', `has a minimum of ${min} above its maximum of ${max}: no value would pass`];

  yield* misplaced(metric, String(template?.spec?.query ?? ''), durationSeconds(canary.spec?.service?.timeout));

  for (const [, variable = ''] of String(template?.spec?.query ?? '').matchAll(/\bvariables\.(\w+)/g)) {
    if (!(variable in record(templateVariables)))
      yield ['/templateVariables', `lacks ${variable}, which MetricTemplate "${templateRef?.name}" uses`];
  }
}

/** Less than this many of one hundred is no success. */
const LEAST_SUCCESS = 50;

/** Bounds in another unit than the metric's name says, or on the side that nobody is hurt on. */
function* misplaced({ name, thresholdRange }: Data, query: string, longest: number): Iterable<readonly [field: string, message: string]> {
  const { min, max } = record(thresholdRange);
  const metric = String(name);
  const isGood = /success|available/.test(metric);
  if (isGood && min === undefined && max !== undefined)
    yield ['/thresholdRange', 'has only a maximum: the more requests succeed, the sooner the check fails'];
  if (!isGood && max === undefined && min !== undefined && /seconds|error|abort|fail|wait|latency/.test(metric))
    yield ['/thresholdRange', `has only a minimum, though less is better: any value above ${min} would pass`];
  if (metric.endsWith('-seconds') && max > longest)
    yield ['/thresholdRange/max', `is ${max} seconds, longer than the ${longest} after which requests are cut off`];
  if (metric === 'success-percent' && min < LEAST_SUCCESS)
    yield ['/thresholdRange/min', `is ${min}: more than half of all requests may fail`];
  if (metric.endsWith('-percent') && (max > 100 || min > 100)) yield ['/thresholdRange', `is ${max ?? min}, above 100 per cent`];
  if (metric.endsWith('-percent') && query !== '' && !/\b100\b/.test(query))
    yield ['/templateRef', 'names a query that answers with a share from 0 to 1: multiply it by 100'];
}

function* templateFaults(object: Manifest): Iterable<Problem> {
  const { provider, query } = record(object.spec);
  if (!SOURCES.has(provider?.type)) {
    const message = `is ${JSON.stringify(provider?.type) ?? 'missing'}, which Flagger takes for Prometheus`;
    yield { object, field: '/spec/provider/type', message };
  }
  if (provider?.type === 'prometheus' && !/^https?:\/\/[\w.-]+(?::\d+)?(?:\/|$)/.test(String(provider.address))) {
    yield { object, field: '/spec/provider/address', message: `is ${JSON.stringify(provider.address) ?? 'missing'}, not a URL` };
  }
  if (typeof query !== 'string' || query.trim() === '') yield { object, field: '/spec/query', message: 'is empty' };
  if (/\[\d+[smhd]/.test(String(query)))
    yield {
      object,
      field: '/spec/query',
      message: 'looks back for a time of its own, which reaches beyond the check: write [{{ interval }}]',
    };
  for (const [, name = ''] of String(query).matchAll(/\{\{-?\s*([^\s.}]+)/g)) {
    if (!FUNCTIONS.has(name)) yield { object, field: '/spec/query', message: `uses "{{ ${name} }}", which Flagger does not know` };
  }
}
