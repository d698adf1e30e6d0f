import { type Finding, report } from './finding';

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

test('gives the reason of each rule once, after its last problem', () => {
  const other = { ...rule, id: 'no-dents' };
  const texts = report([finding('a'), finding('a', { rule: other }), finding('b', { message: 'is broken' })]);

  expect(texts.map((text) => /\[(.*)\]/.exec(text)?.[1])).toEqual(['no-holes', 'no-holes', 'no-dents']);
  expect(texts.map((text) => text.includes('why:'))).toEqual([false, true, true]);
});
