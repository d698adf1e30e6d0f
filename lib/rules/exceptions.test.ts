import { problems } from './testing/problems';

const excuse = (text: string, ruleId = 'no-service-links') => ({
  found: (rule: string) =>
    problems(rule, ({ get }) => {
      const { template } = get('Deployment/web').spec;
      delete template.spec.enableServiceLinks;
      template.metadata.annotations = { [`slipway.dev/exception.${ruleId}`]: text };
    }),
});
const FIELD = 'Deployment/web: /spec/template/metadata/annotations/slipway.dev~1exception';

test('an exception excuses its object from its rule, up to its last day', () => {
  const { found } = excuse('platform: the program reads them (until 2026-06-01)');

  expect(found('no-service-links')).toEqual([]);
  expect(found('valid-exceptions')).toEqual([]);
});

test('fails with both rules when the day has passed', () => {
  const { found } = excuse('platform: the program reads them (until 2026-05-31)');

  expect(found('no-service-links')).toHaveLength(1);
  expect(found('valid-exceptions')).toEqual([`${FIELD}.no-service-links lapsed on 2026-05-31 (owner: platform)`]);
});

test.each(['because', 'platform:  (until 2026-07-01)', 'platform: why (until 2026-02-30)', ': why (until 2026-07-01)'])(
  'fails when the exception says "%s"',
  (text) => {
    const { found } = excuse(text);

    expect(found('no-service-links')).toHaveLength(1);
    expect(found('valid-exceptions')).toEqual([`${FIELD}.no-service-links is "${text}", not "<owner>: <reason> (until YYYY-MM-DD)"`]);
  },
);

test.each([
  [
    'platform: the program reads them (until 2999-12-31)',
    'lasts until 2999-12-31, more than 1096 days: agree on an earlier day with platform',
  ],
  ['?: the program reads them (until 2026-07-01)', 'names "?" as its owner, and nobody is called so'],
  ['platform: TODO (until 2026-07-01)', 'gives "TODO" as its reason, which says nothing'],
])('fails when the exception says "%s", and excuses nothing', (text, message) => {
  const { found } = excuse(text);

  expect(found('no-service-links')).toHaveLength(1);
  expect(found('valid-exceptions')).toEqual([expect.stringContaining(`${FIELD}.no-service-links ${message}`)]);
});

test('an exception whose reason is one word that says something counts', () => {
  expect(excuse('platform: compatibility (until 2026-07-01)').found('no-service-links')).toEqual([]);
});

test('fails for a rule that does not exist', () => {
  expect(excuse('platform: why (until 2026-07-01)', 'no-links').found('valid-exceptions')).toEqual([
    `${FIELD}.no-links is about "no-links", which is no rule`,
  ]);
});

test('an exception at the object itself counts as well', () => {
  expect(
    problems('no-secret-objects', ({ add }) =>
      add({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: {
          name: 'empty',
          namespace: 'app',
          annotations: { 'slipway.dev/exception.no-secret-objects': 'data: filled by an operator (until 2027-01-01)' },
        },
      }),
    ),
  ).toEqual([]);
});
