import { problems } from '../testing/problems';

const RULE = 'alerts-are-sent';

test('accepts an alert without a severity, which is info', () => {
  expect(problems(RULE, ({ get }) => delete get('Canary/model').spec.analysis.alerts[0].severity)).toEqual([]);
});

test('fails for a severity and a channel that Flagger does not know', () => {
  expect(
    problems(RULE, ({ get }) => {
      get('Canary/model').spec.analysis.alerts[0].severity = 'critical';
      get('AlertProvider/on-call').spec.type = 'mail';
    }),
  ).toEqual([
    'Canary/model: /spec/analysis/alerts/0/severity is "critical", not one of info, warn, error',
    'AlertProvider/on-call: /spec/type is "mail", not one of slack, msteams, discord, rocket, gchat',
  ]);
});

test('fails for a provider without an address', () => {
  expect(problems(RULE, ({ get }) => delete get('AlertProvider/on-call').spec.secretRef)).toEqual([
    'AlertProvider/on-call: /spec/secretRef is missing: there is no address to send to',
  ]);
});
