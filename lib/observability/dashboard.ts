/** What one page of Grafana shows. It knows Prometheus' names only; `grafanaDashboard` writes it in Grafana's. */
export interface Dashboard {
  /** Part of its address, and name of its file: the service it is about. */
  readonly uid: string;

  readonly title: string;

  /**
   * What a viewer may choose; queries read it as `$<name>`, and match it with `=~`, since all values may be chosen.
   *
   * @default - nothing: the page shows all there is
   */
  readonly variables?: readonly Variable[];

  readonly rows: readonly Row[];
}

/** A choice among the values that a label has. */
export interface Variable {
  readonly name: string;

  /** Series that carry the label. */
  readonly metric: string;

  /** @default - the name of the variable */
  readonly label?: string;
}

/** Panels beside each other, under one title: at most four, so that they can be read. */
export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** Units of an axis, as Grafana calls them. */
export type Unit =
  | 'bytes'
  | 'binBps'
  | 'celsius'
  | 'cps'
  | 'dateTimeFromNow'
  | 'none'
  | 'percent'
  | 'percentunit'
  | 'reqps'
  | 's'
  | 'short'
  | 'watt';

/** One chart. */
export interface Panel {
  readonly title: string;

  /** Name in the legend, in which `{{label}}` is filled in → PromQL. */
  readonly queries: Readonly<Record<string, string>>;

  readonly unit: Unit;

  /**
   * `stat` shows the last value alone.
   *
   * @default 'timeseries'
   */
  readonly kind?: 'timeseries' | 'stat';

  /**
   * Value from which on it is red: the limit of the alert about it.
   *
   * @default - none
   */
  readonly limit?: number;

  /** What a viewer cannot see from title and unit. */
  readonly description?: string;
}

/** How Grafana knows Prometheus. */
export const PROMETHEUS_SOURCE = { type: 'prometheus', uid: 'prometheus' } as const;

const COLUMNS = 24;
const PANEL_HEIGHT = 8;
const MOST_PANELS = 4;

/**
 * A dashboard as Grafana reads it from a file.
 *
 * @throws RangeError if a row holds no panel or more than four
 */
export function grafanaDashboard({ uid, title, variables = [], rows }: Dashboard): object {
  return {
    uid,
    title,
    editable: false, // changes come from Git
    schemaVersion: 39,
    refresh: '1m',
    time: { from: 'now-6h', to: 'now' },
    timezone: 'browser',
    templating: { list: variables.map(choice) },
    panels: rows.flatMap(panelsOf),
  };
}

/** The file that Grafana finds a dashboard in, by its name. */
export function dashboardFile(dashboard: Dashboard): Record<string, string> {
  return { [`${dashboard.uid}.json`]: `${JSON.stringify(grafanaDashboard(dashboard), null, 2)}\n` };
}

function choice({ name, metric, label = name }: Variable): object {
  const query = `label_values(${metric}, ${label})`;
  return {
    ...{ name, label, type: 'query', datasource: PROMETHEUS_SOURCE, definition: query, query: { query, refId: name } },
    ...{ refresh: 2, sort: 1, multi: true, includeAll: true, allValue: '.*', current: { text: 'All', value: '$__all' } },
  };
}

/** A row is as high as its title and its panels; ids number the panels of the page. */
function panelsOf({ title, panels }: Row, index: number): object[] {
  if (panels.length < 1 || panels.length > MOST_PANELS) {
    throw new RangeError(`Cannot show "${panels.length}" panels in row "${title}" as a row holds 1 to ${MOST_PANELS}: divide it`);
  }
  const y = index * (PANEL_HEIGHT + 1);
  const firstId = index * (MOST_PANELS + 1) + 1;
  const width = COLUMNS / panels.length;
  return [
    { id: firstId, type: 'row', title, collapsed: false, panels: [], gridPos: { x: 0, y, w: COLUMNS, h: 1 } },
    ...panels.map((panel, column) => ({
      id: firstId + 1 + column,
      ...panelOf(panel),
      gridPos: { x: column * width, y: y + 1, w: width, h: PANEL_HEIGHT },
    })),
  ];
}

function panelOf({ title, kind = 'timeseries', queries, unit, limit, description }: Panel): object {
  const steps = [{ color: 'green', value: null }, ...(limit === undefined ? [] : [{ color: 'red', value: limit }])];
  return {
    type: kind,
    title,
    ...(description === undefined ? {} : { description }),
    datasource: PROMETHEUS_SOURCE,
    targets: Object.entries(queries).map(([legendFormat, expr], index) => ({
      refId: String.fromCharCode('A'.charCodeAt(0) + index),
      datasource: PROMETHEUS_SOURCE,
      expr,
      legendFormat,
      ...(kind === 'stat' ? { instant: true } : {}),
    })),
    fieldConfig: {
      defaults: {
        unit,
        thresholds: { mode: 'absolute', steps },
        ...(kind === 'timeseries' && limit !== undefined ? { custom: { thresholdsStyle: { mode: 'line' } } } : {}),
      },
      overrides: [],
    },
    options: kind === 'stat' ? { reduceOptions: { calcs: ['lastNotNull'] } } : { legend: { displayMode: 'list', placement: 'bottom' } },
  };
}
