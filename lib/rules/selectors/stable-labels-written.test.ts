import { checkTarget } from '../check-target';
import { problems, TODAY } from '../testing/problems';
import { type Drafts, sampleTarget } from '../testing/sample-target';

const LABEL = 'slipway.dev/workload';
const labelled =
  (value: string | undefined) =>
  ({ get }: Drafts) => {
    const { labels } = get('Deployment/web').spec.template.metadata;
    if (value === undefined) delete labels[LABEL];
    else labels[LABEL] = value;
  };
const AT = 'Deployment/web: /spec/template/metadata/labels/slipway.dev~1workload';

test('accepts pods that carry it', () => {
  expect(problems('stable-labels-written')).toEqual([]);
});

test.each([
  ['is missing', undefined],
  ['is "wbe"', 'wbe'],
])('fails once where it %s, and nothing else fails for it', (what, value) => {
  const [only, ...others] = problems('stable-labels-written', labelled(value));

  expect(only).toMatch(new RegExp(`^${AT} ${what}, and \\d+ objects select the pods by "web", their app.kubernetes.io/name$`));
  expect(others).toEqual([]);
  expect(checkTarget(sampleTarget(labelled(value)), TODAY)).toHaveLength(1);
});

test('accepts pods without it that nothing selects by it', () => {
  const found = problems('stable-labels-written', ({ add }) =>
    add({
      ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'alone', namespace: 'app' } },
      spec: {
        selector: { matchLabels: { 'app.kubernetes.io/name': 'alone' } },
        template: { metadata: { labels: { 'app.kubernetes.io/name': 'alone' } }, spec: { containers: [] } },
      },
    }),
  );

  expect(found).toEqual([]);
});
