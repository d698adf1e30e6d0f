import { problems } from '../testing/problems';
import type { Draft } from '../testing/sample-target';

const RULE = 'analysis-judges-canary';
const query = (text: string, ...others: Draft[]) =>
  problems(RULE, ({ get, add }) => {
    get('MetricTemplate/errors').spec.query = text;
    add(...others);
  });
const OWN = 'namespace="{{ namespace }}", pod=~"{{ target }}-[a-z0-9]+-[a-z0-9]+"';

test('accepts queries that read the canary alone', () => {
  expect(query(`sum(rate(errors{${OWN}, path=~"/v1/.*", code=~"5[0-9]{2}"}[{{ interval }}]))`)).toEqual([]);
});

test('fails for a query about all pods', () => {
  expect(query('sum(rate(errors[{{ interval }}]))')).toEqual([
    'MetricTemplate/errors: /spec/query selects no pods: it would judge all of them',
  ]);
  expect(query('sum(errors{namespace="{{ namespace }}"})')).toEqual([
    'MetricTemplate/errors: /spec/query selects no pods in {namespace="llm"}: those of the primary count as well',
  ]);
});

test('fails for a query that reads the primary as well, or instead', () => {
  expect(query('sum(errors{namespace="{{ namespace }}", pod=~"{{ target }}-.*"})')).toEqual([
    'MetricTemplate/errors: /spec/query selects pods of the primary too, such as model-primary-7d9f8c6b5d-x2k4q, in {namespace="llm", pod=~"model-.*"}',
  ]);
  expect(query('sum(errors{namespace="{{ namespace }}", pod=~"{{ target }}-primary-.*"})')).toEqual([
    'MetricTemplate/errors: /spec/query does not select the pods of the canary, such as model-7d9f8c6b5d-x2k4q, in {namespace="llm", pod=~"model-primary-.*"}',
  ]);
});

test('fails for one selector of several', () => {
  expect(query(`sum(errors{${OWN}}) / sum(requests{namespace="{{ namespace }}"})`)).toHaveLength(1);
});

test('fails for a query without its namespace, or with another one', () => {
  expect(query('sum(errors{pod=~"{{ target }}-[a-z0-9]+-[a-z0-9]+"})')).toHaveLength(1);
  expect(query(`sum(errors{${OWN.replace('{{ namespace }}', 'default')}})`)).toEqual([
    'MetricTemplate/errors: /spec/query selects another namespace than llm in {namespace="default", pod=~"model-[a-z0-9]+-[a-z0-9]+"}',
  ]);
});

test('fails when pods of another workload have such names', () => {
  const set = { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'model-cache', namespace: 'llm' }, spec: {} };

  expect(query(`sum(errors{${OWN}})`, set)).toEqual([
    'MetricTemplate/errors: /spec/query selects pods of StatefulSet/model-cache too in {namespace="llm", pod=~"model-[a-z0-9]+-[a-z0-9]+"}',
  ]);
});
