import { queryOf } from './query';

/** With a comment, nothing is read apart: the parser gets all of it. */
const asAWhole = (text: string) => queryOf(`${text} # a comment`);

test.each([
  'up',
  'up{}',
  'up{job="a"} == 0',
  'sum by (job) (rate(http_requests_total{code=~"5..", job!="x",}[5m])) / (sum by (job) (rate(http_requests_total[5m])) > 0) > 0.05',
  'vllm:kv_cache_usage_perc{a=\'it{s="x"}\', b!~`{c="d"}`} > 2',
  '{__name__="up", job="a"}',
  '{"metric.name", a="b"}',
  'up{\n  a = "1" ,\n  b =~ "2|3"\n}[5m]',
  'histogram_quantile(0.99, sum by (le) (rate(latency_bucket{route=~"a[.]b{2}"}[5m]))) > 1',
  'label_replace(up{a="b"}, "c", "{d=\\"e\\"}", "f", "{g=") or up{h="}"}',
  'label_join(up{a="b"}, "{a=", "}", "c")',
  'sum(rate(a{x="1"}[5m]) / rate(b{x="2"}[5m])) + c{x="3"} / (d{x="4"} or vector(0))',
  'max_over_time(up{a="b"}[1h:5m] offset 5m) >= 1',
])('labels that are read apart are those that the parser reads: %s', (text) => {
  expect(asAWhole(text).error).toBeUndefined();
  expect(queryOf(text)).toEqual(asAWhole(text));
});

test.each([
  ['up{a="b" c="d"}', 'c="d"}'],
  ['up{a="b"', ''],
  ['up{a}', '}'],
  ['up{a=b}', 'b}'],
  ['up{,a="b"}', ',a="b"}'],
  ['sum(up{a="b"}', ''],
  ['up{a="b"} down{c="d"}', 'down{c="d"}'],
  ['rate(up{a="b"}[5m]) > > up{c="d"}', '> up{c="d"}'],
])('what cannot be read is found at its place, also after labels: %s', (text, rest) => {
  const { error } = queryOf(text);

  expect(error).toBeDefined();
  expect(error).toBe(Math.min(asAWhole(text).error ?? Number.NaN, text.length));
  expect(text.slice(error)).toBe(rest);
});

test('selectors tell their metric, labels, window and what they go through first', () => {
  expect(queryOf('rate(up{job=~"a|b", code!="200"}[5m])').selectors).toEqual([
    {
      metric: 'up',
      labels: [
        { name: 'job', exact: false, value: 'a|b' },
        { name: 'code', exact: true, value: '200' },
      ],
      window: '5m',
      through: 'rate',
    },
  ]);
});
