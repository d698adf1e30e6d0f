import { type Dashboard, grafanaDashboard, type Panel } from './dashboard';

const panel: Panel = { title: 'Requests', unit: 'reqps', queries: { '{{pod}}': 'sum by (pod) (rate(x_total[5m]))' } };
const dashboard: Dashboard = { uid: 'web', title: 'Web', rows: [{ title: 'Traffic', panels: [panel, panel] }] };
// biome-ignore lint/suspicious/noExplicitAny: Grafana's model is JSON, and tests read it as such
const written = (change: Partial<Dashboard> = {}): any => grafanaDashboard({ ...dashboard, ...change });

test('asks Prometheus what a panel asks, under the name that its legend shows', () => {
  expect(written().panels[1]).toMatchObject({
    type: 'timeseries',
    datasource: { type: 'prometheus', uid: 'prometheus' },
    targets: [{ refId: 'A', expr: 'sum by (pod) (rate(x_total[5m]))', legendFormat: '{{pod}}' }],
    fieldConfig: { defaults: { unit: 'reqps' } },
  });
});

test('places panels beside each other and rows below each other, each with an id of its own', () => {
  const { panels } = written({ rows: [dashboard.rows[0], dashboard.rows[0]] as Dashboard['rows'] });

  expect(panels.map(({ gridPos: { x, y, w } }: { gridPos: Record<string, number> }) => [x, y, w])).toEqual([
    ...[
      [0, 0, 24],
      [0, 1, 12],
      [12, 1, 12],
    ],
    ...[
      [0, 9, 24],
      [0, 10, 12],
      [12, 10, 12],
    ],
  ]);
  expect(new Set(panels.map(({ id }: { id: number }) => id)).size).toBe(6);
});

test('offers the values of a label as a choice', () => {
  expect(written({ variables: [{ name: 'model', metric: 'x_total', label: 'model_name' }] }).templating.list).toMatchObject([
    { name: 'model', type: 'query', definition: 'label_values(x_total, model_name)', includeAll: true },
  ]);
});

test('draws the limit of an alert', () => {
  const { panels } = written({ rows: [{ title: 'Traffic', panels: [{ ...panel, limit: 10 }] }] });

  expect(panels[1].fieldConfig.defaults.thresholds.steps).toEqual([
    { color: 'green', value: null },
    { color: 'red', value: 10 },
  ]);
});

test('shows the last value alone where the panel is a figure', () => {
  const { panels } = written({ rows: [{ title: 'Traffic', panels: [{ ...panel, kind: 'stat' }] }] });

  expect(panels[1]).toMatchObject({ type: 'stat', targets: [{ instant: true }], options: { reduceOptions: { calcs: ['lastNotNull'] } } });
});

test.each([0, 5])('fails for a row of %s panels', (count) => {
  expect(() => written({ rows: [{ title: 'Traffic', panels: Array(count).fill(panel) }] })).toThrow(
    `Cannot show "${count}" panels in row "Traffic" as a row holds 1 to 4: divide it`,
  );
});
