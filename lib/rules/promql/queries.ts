import type { Manifest } from '../../kubernetes/manifest';
import { dashboardsIn } from '../dashboards';
import { record, records } from '../fields';
import { perObject } from '../per-object';
import type { TargetIndex } from '../target-index';

/** A query somewhere in a target. */
export interface QueryPlace {
  readonly object: Manifest;
  readonly field: string;

  /** What people call it: a gate, an alert, a recorded series, or a panel and a line of it. */
  readonly title: string;

  /** Whether it is the condition of an alert. */
  readonly isAlert?: true;

  /**
   * The unit that a panel shows, as Grafana calls it.
   *
   * @default - it is not on a panel, or that says nothing of units
   */
  readonly unit?: string;

  /** As Prometheus gets it: what Flagger puts into templates is put in. */
  readonly text: string;
}

/** Whatever a template leaves open when its Canary's window is not written. */
const WINDOW = '1m';

const VALUE = /\{\{-?\s*(namespace|target|name|service|ingress|route|interval)\s*-?\}\}/g;
const VARIABLE = /\{\{-?\s*variables\.\w+\s*-?\}\}/g;

/** Every query of alerts, recording rules, metric templates, scalers and dashboards. */
export function* queriesOf(target: TargetIndex): Iterable<QueryPlace> {
  yield* evaluatedIn(target);
  for (const object of target.all('ConfigMap')) yield* onDashboards(object);
  for (const object of target.all('MetricTemplate.flagger.app')) {
    if ((object.spec?.provider?.type ?? 'prometheus') !== 'prometheus') continue;
    const title = object.metadata.name;
    yield { object, title, field: '/spec/query', text: rendered(String(object.spec?.query ?? ''), windowOf(object, target)) };
  }
  for (const object of target.all('ScaledObject.keda.sh')) {
    for (const [i, { type, metadata }] of records(object.spec?.triggers).entries()) {
      if (type !== 'prometheus') continue;
      const title = String(metadata?.metricName ?? '');
      yield { object, title, field: `/spec/triggers/${i}/metadata/query`, text: String(metadata?.query ?? '') };
    }
  }
}

/** Every query that Prometheus evaluates by itself: conditions of alerts, and what recording rules compute. */
export function* evaluatedIn(target: Pick<TargetIndex, 'all'>): Iterable<QueryPlace> {
  for (const object of target.all('PrometheusRule.monitoring.coreos.com')) yield* inGroups(object);
}

const inGroups = perObject((object): readonly QueryPlace[] =>
  records(object.spec?.groups).flatMap((group, i) =>
    records(group.rules).map(({ expr, alert, record: series }, j) => ({
      ...{ object, title: String(alert ?? series ?? ''), field: `/spec/groups/${i}/rules/${j}/expr`, text: String(expr ?? '') },
      ...(alert !== undefined && { isAlert: true as const }),
    })),
  ),
);

/** Questions that a dashboard's panels ask of Prometheus. */
const onDashboards = perObject((object): readonly QueryPlace[] =>
  dashboardsIn(object).flatMap(({ field, content }) =>
    records(content.panels).flatMap(({ title, targets, fieldConfig }, i) =>
      records(targets).flatMap(({ expr, legendFormat }, j) => {
        if (typeof expr !== 'string') return [];
        const unit = record(record(fieldConfig).defaults).unit;
        const place = { object, title: `${title} ${legendFormat ?? ''}`, field: `${field}/panels/${i}/targets/${j}/expr`, text: expr };
        return [{ ...place, ...(typeof unit === 'string' && { unit }) }];
      }),
    ),
  ),
);

/** What Flagger's templates become. What it does not know stays, and does not parse. */
const rendered = (query: string, window: string): string =>
  query.replace(VALUE, (_, name) => (name === 'interval' ? window : 'x')).replace(VARIABLE, 'x');

/** The shortest window that a Canary asks a template for. */
function windowOf(template: Manifest, target: TargetIndex): string {
  for (const { canary, namespace } of target.releases) {
    for (const { templateRef, interval } of records(canary.spec?.analysis?.metrics)) {
      if (templateRef?.name === template.metadata.name && (templateRef.namespace ?? namespace) === template.metadata.namespace)
        return String(interval ?? WINDOW);
    }
  }
  return WINDOW;
}

/** Names that recording rules give to what they record. */
export const recorded = (target: TargetIndex): ReadonlySet<string> =>
  new Set(
    target
      .all('PrometheusRule.monitoring.coreos.com')
      .flatMap(({ spec }) =>
        records(spec?.groups).flatMap(({ rules }) => records(rules).flatMap(({ record }) => (typeof record === 'string' ? record : []))),
      ),
  );
