import { problems } from '../testing/problems';
import { withEngine } from '../testing/sample-engine';

const RULE = 'alerts-watch-models';

test('accepts alerts about a model that is served', () => {
  expect(problems(RULE, (drafts) => withEngine(drafts))).toEqual([]);
});

test('fails for an alert about a model that no engine serves', () => {
  expect(problems(RULE, (drafts) => withEngine(drafts, { 'served-model-name': 'llama-3' }))).toEqual([
    'PrometheusRule/alerts: /spec/groups/0/rules/0/expr watches "llama", which no engine serves (there: llama-3)',
  ]);
});

test('leaves alerts alone where nothing is served', () => {
  const change = (drafts: Parameters<typeof withEngine>[0]) => {
    withEngine(drafts);
    drafts.remove('ConfigMap/model-config');
  };

  expect(problems(RULE, change)).toEqual([]);
});
