import { problems } from '../testing/problems';

const RULE = 'analysis-metrics-fit';
const UNUSED = 'MetricTemplate/errors: /metadata/name names a metric that no Canary uses';
const metric = (fields: object) => problems(RULE, ({ get }) => Object.assign(get('Canary/model').spec.analysis.metrics[0], fields));
const template = (fields: object) => problems(RULE, ({ get }) => Object.assign(get('MetricTemplate/errors').spec, fields));

test('accepts a template whose variables are given', () => {
  expect(
    problems(RULE, ({ get }) => {
      get('MetricTemplate/errors').spec.query = 'sum(rate(errors{model="{{ variables.model }}"}[{{ interval }}]))';
      get('Canary/model').spec.analysis.metrics[0].templateVariables = { model: 'llama' };
    }),
  ).toEqual([]);
});

test('fails for a metric without interval and bound', () => {
  expect(metric({ interval: undefined, thresholdRange: {} })).toEqual([
    'Canary/model: /spec/analysis/metrics/0/interval is missing, not a duration such as "1m"',
    'Canary/model: /spec/analysis/metrics/0/thresholdRange has no min or max: any value above 0 would fail',
  ]);
  expect(metric({ thresholdRange: { min: 5, max: 1 } })).toEqual([
    'Canary/model: /spec/analysis/metrics/0/thresholdRange has a minimum of 5 above its maximum of 1: no value would pass',
  ]);
});

test("fails for Flagger's own metrics, whose series a gateway does not export", () => {
  expect(metric({ name: 'request-success-rate', templateRef: undefined, thresholdRange: { min: 99 } })).toEqual([
    UNUSED,
    'Canary/model: /spec/analysis/metrics/0/name is "request-success-rate", whose series nothing exports with gatewayapi:v1: use a MetricTemplate',
  ]);
  expect(metric({ name: 'latency', templateRef: undefined })).toEqual([
    UNUSED,
    'Canary/model: /spec/analysis/metrics/0/templateRef is missing, and Flagger has no metric "latency" of its own',
  ]);
});

test.each([
  [
    'a maximum of what is good',
    { name: 'success-percent', thresholdRange: { max: 99 } },
    'Canary/model: /spec/analysis/metrics/0/thresholdRange has only a maximum: the more requests succeed, the sooner the check fails',
  ],
  [
    'a minimum of what is bad',
    { name: 'latency-seconds', thresholdRange: { min: 2 } },
    'Canary/model: /spec/analysis/metrics/0/thresholdRange has only a minimum, though less is better: any value above 2 would pass',
  ],
  ['milliseconds', { name: 'latency-seconds', thresholdRange: { max: 2500 } }, '/max is 2500 seconds, longer than the 600 after which'],
])('fails for %s', (_, changed, message) => {
  expect(metric(changed).filter((text) => text.includes('thresholdRange'))).toEqual([expect.stringContaining(message)]);
});

test('fails for a share that is called per cent', () => {
  expect(metric({ name: 'errors-percent', thresholdRange: { max: 1 } })).toEqual([
    'Canary/model: /spec/analysis/metrics/0/templateRef names a query that answers with a share from 0 to 1: multiply it by 100',
  ]);
});

test('fails for a window of the template’s own', () => {
  expect(template({ query: 'sum(rate(errors[1h]))' })).toEqual([
    'MetricTemplate/errors: /spec/query looks back for a time of its own, which reaches beyond the check: write [{{ interval }}]',
  ]);
});

test('fails for a success that is none, and for templates that are exchanged', () => {
  expect(metric({ name: 'success-percent', thresholdRange: { min: 9 } })).toEqual([
    expect.stringContaining('/thresholdRange/min is 9: more than half of all requests may fail'),
    expect.stringContaining('multiply it by 100'),
  ]);
  expect(
    problems(RULE, ({ get, add }) => {
      const queue = structuredClone(get('MetricTemplate/errors'));
      queue.metadata.name = 'queue';
      add(queue);
      const [first] = get('Canary/model').spec.analysis.metrics;
      get('Canary/model').spec.analysis.metrics = [
        { ...first, templateRef: { name: 'queue' } },
        { ...first, name: 'queue', templateRef: { name: 'errors' } },
      ];
    }),
  ).toEqual([
    'Canary/model: /spec/analysis/metrics/0/templateRef/name is "queue", though there is a template "errors": its bound is for that one',
    'Canary/model: /spec/analysis/metrics/1/templateRef/name is "errors", though there is a template "queue": its bound is for that one',
  ]);
});

test('fails for two metrics of one name', () => {
  expect(
    problems(RULE, ({ get }) => {
      const { metrics } = get('Canary/model').spec.analysis;
      metrics.push({ ...metrics[0] });
    }),
  ).toEqual(['Canary/model: /spec/analysis/metrics/1/name is "errors", which another metric of the Canary is called already']);
});

test('fails for a variable that nobody gives, and a function that nobody knows', () => {
  expect(template({ query: 'up{model="{{ variables.model }}", pod="{{ pod }}"}' })).toEqual([
    'MetricTemplate/errors: /spec/query uses "{{ pod }}", which Flagger does not know',
    'Canary/model: /spec/analysis/metrics/0/templateVariables lacks model, which MetricTemplate "errors" uses',
  ]);
});

test('fails for a template without source, address or query', () => {
  expect(template({ provider: { type: 'prom' }, query: '' })).toEqual([
    'MetricTemplate/errors: /spec/provider/type is "prom", which Flagger takes for Prometheus',
    'MetricTemplate/errors: /spec/query is empty',
  ]);
  expect(template({ provider: { type: 'prometheus', address: 'prometheus:9090' } })).toEqual([
    'MetricTemplate/errors: /spec/provider/address is "prometheus:9090", not a URL',
  ]);
});
