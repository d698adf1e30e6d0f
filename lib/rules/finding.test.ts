import { type Finding, inOrder, report } from './finding';

const rule = { id: 'no-holes', title: '', why: 'Water runs out.', fix: 'Close it.' };
const finding = (name: string, more: Partial<Finding> = {}): Finding => ({
  ...{ rule, environment: 'prod', region: 'eu', app: 'kitchen', place: 'prod/eu', field: '/spec/side', message: 'has a hole' },
  object: { apiVersion: 'v1', kind: 'Bucket', metadata: { name, namespace: 'kitchen' } },
  ...more,
});

test('names the construct, which is asked for no sooner', () => {
  const madeBy = jest.fn(() => 'sink/bucket (lib/kitchen/sink.ts:7)');
  const found = [finding('blue', { madeBy }), finding('blue', { madeBy, place: 'prod/us' })];

  expect(madeBy).not.toHaveBeenCalled();
  expect(report(found)).toEqual([
    '{prod/eu,prod/us}/kitchen Bucket/blue in kitchen: /spec/side has a hole [no-holes]\n' +
      '    made by sink/bucket (lib/kitchen/sink.ts:7)\n    why: Water runs out.\n    fix: Close it.',
  ]);
  expect(madeBy).toHaveBeenCalledTimes(1);
});

test('names the file instead where one was read', () => {
  expect(report([finding('blue', { file: 'dist/x.yaml' })])[0]).toContain('[no-holes]\n    in dist/x.yaml\n');
});

test('names a folder where no object is meant, and a folder of argocd/ without an app', () => {
  expect(report([finding('', { object: undefined, field: '' })])[0]).toMatch(/^prod\/eu\/kitchen: has a hole \[/);
  expect(report([finding('blue', { app: '', place: 'argocd/prod' })])[0]).toMatch(/^argocd\/prod Bucket\/blue in kitchen: /);
});

test('writes out three objects with the same problem, and names some of four and more', () => {
  const found = ['a', 'b', 'c', 'd', 'e'].map((name) => finding(name));

  expect(report(found.slice(0, 3))).toHaveLength(3);
  expect(report(found)).toEqual([
    'prod/eu/kitchen Bucket/a in kitchen: /spec/side has a hole [no-holes]\n' +
      '    and 4 more: prod/eu/kitchen Bucket/b in kitchen, prod/eu/kitchen Bucket/c in kitchen, prod/eu/kitchen Bucket/d in kitchen, …\n' +
      '    why: Water runs out.\n    fix: Close it.',
  ]);
});

test('names the other items of a list with the same problem, and counts those beyond five', () => {
  const found = (count: number) => Array.from({ length: count }, (_, i) => finding('blue', { field: `/spec/panes/${i}/glass` }));

  expect(report(found(2))[0]).toMatch(/\/spec\/panes\/0\/glass has a hole \[no-holes\]\n {4}also at \/spec\/panes\/1\/glass\n/);
  expect(report(found(9))).toEqual([expect.stringMatching(/also at (\/spec\/panes\/\d\/glass, ){5}and 3 more\n/)]);
  expect(report([...found(1), finding('blue', { field: '/spec/pane/glass' })])).toHaveLength(2);
});

test('merges objects of several kinds', () => {
  const kinds = ['Bucket', 'Sink', 'Tub', 'Tap'].map((kind) =>
    finding('a', { object: { apiVersion: 'v1', kind, metadata: { name: 'a' } } }),
  );

  expect(report(kinds)).toEqual([
    expect.stringContaining('and 3 more: prod/eu/kitchen Sink/a, prod/eu/kitchen Tub/a, prod/eu/kitchen Tap/a\n'),
  ]);
});

test('puts what causes other problems first, whatever was found first', () => {
  const of = (id: string) => ({ ...rule, id });
  const found = [
    finding('a', { rule: of('callers-reach') }),
    finding('b'),
    finding('b', { rule: of('namespaces-resolve'), message: 'is missing' }),
  ];

  expect(inOrder(found).map((each) => each.rule.id)).toEqual(['namespaces-resolve', 'callers-reach', 'no-holes']);
});

test('says once what two rules say of a field in the same words, and what one rule says twice', () => {
  const found = [finding('a'), finding('a', { rule: { ...rule, id: 'no-gaps' } }), finding('a')];

  expect(report(found)).toEqual([expect.stringMatching(/^prod\/eu\/kitchen Bucket\/a in kitchen: \/spec\/side has a hole \[no-holes\]\n/)]);
});

test('gives the reason of each rule once, after its last problem', () => {
  const other = { ...rule, id: 'no-dents' };
  const texts = report([finding('a'), finding('c', { rule: other }), finding('b', { message: 'is broken' })]);

  expect(texts.map((text) => /\[(.*)\]/.exec(text)?.[1])).toEqual(['no-holes', 'no-holes', 'no-dents']);
  expect(texts.map((text) => text.includes('why:'))).toEqual([false, true, true]);
});
