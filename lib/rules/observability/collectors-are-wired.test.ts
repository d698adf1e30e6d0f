import { problems } from '../testing/problems';

const FILE = `receivers:
  otlp:
    protocols:
      grpc:
        endpoint: 0.0.0.0:4317
processors:
  memory_limiter:
    limit_percentage: 75
  filter/noise:
    error_mode: ignore
  batch: {}
exporters:
  otlp/store:
    endpoint: store:4317
extensions:
  health_check:
    endpoint: 0.0.0.0:13133
service:
  extensions:
    - health_check
  telemetry:
    logs:
      level: info
  pipelines:
    traces:
      receivers:
        - otlp
      processors:
        - memory_limiter
        - filter/noise
        - batch
      exporters:
        - otlp/store
`;
const found = (...edits: readonly (readonly [from: string, to: string])[]) =>
  problems('collectors-are-wired', ({ get }) => {
    const text = edits.reduce((all, [from, to]) => all.replace(from, to), FILE);
    if (edits.length > 0) expect(text).not.toBe(FILE);
    get('ConfigMap/web-config').data['config.yaml'] = text;
  });
const AT = 'ConfigMap/web-config: /data/config.yaml';

test('accepts a collector that uses what it defines, however its lists are written', () => {
  expect(found()).toEqual([]);
  expect(found(['receivers:\n        - otlp\n', 'receivers: [otlp]\n'])).toEqual([]);
  expect(found(['      receivers:\n        - otlp\n', '      receivers:\n      - "otlp"\n'])).toEqual([]);
});

test('accepts pipelines of one signal, and connectors between pipelines', () => {
  const second = '    metrics/spans:\n      receivers: [spanmetrics]\n      exporters: [otlp/store]\n';
  const connected = ['        - otlp/store\n', `        - otlp/store\n        - spanmetrics\n${second}`] as const;

  expect(found(['service:', 'connectors:\n  spanmetrics: {}\nservice:'], connected)).toEqual([]);
  expect(found(['service:', 'connectors:\n  count: {}\n  spanmetrics: {}\nservice:'], connected)).toEqual([
    `${AT} defines the connector "count", which no pipeline has among its receivers`,
    `${AT} defines the connector "count", which no pipeline has among its exporters`,
  ]);
});

test.each([
  ['        - filter/noise\n', '', 'defines "filter/noise" among its processors, which no pipeline uses: it does nothing'],
  [
    '        - filter/noise\n',
    '        - filter/noise\n        - redaction\n',
    'has a pipeline with "redaction", which is not among its processors (there: batch, filter/noise, memory_limiter)',
  ],
  ['    - health_check\n', '', 'defines the extension "health_check", which it does not start'],
  [
    '    - health_check\n',
    '    - health_check\n    - pprof\n',
    'starts the extension "pprof", which it does not define (there: health_check)',
  ],
  ['    traces:\n', '    trace:\n', 'has the pipeline "trace", which is of no signal (there: logs, metrics, profiles, traces)'],
  [
    '        - memory_limiter\n        - filter/noise\n',
    '        - filter/noise\n        - memory_limiter\n',
    'has "filter/noise" before "memory_limiter" in the pipeline "traces": it takes memory that nobody limits',
  ],
  [
    '        - filter/noise\n        - batch\n',
    '        - batch\n        - filter/noise\n',
    'packs items before "filter/noise" in the pipeline "traces", which chooses among them',
  ],
])('fails where %j is %j', (from, to, message) => {
  expect(found([from, to])).toEqual([`${AT} ${message}`]);
});

test('fails for a pipeline that nothing enters or leaves', () => {
  expect(found(['      receivers:\n        - otlp\n', ''])).toEqual([
    `${AT} defines "otlp" among its receivers, which no pipeline uses: it does nothing`,
    `${AT} has nothing come into the pipeline "traces"`,
  ]);
  expect(found(['      exporters:\n        - otlp/store\n', ''])).toContain(`${AT} has nothing leave the pipeline "traces"`);
});
