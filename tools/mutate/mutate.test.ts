import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { attempt, problemsWithoutFault } from './attempt';
import { mutateCommand } from './command';
import { Draft } from './draft';
import { drop, remove, replace, set } from './edits';
import { allFaults } from './faults/all';
import { Fleet } from './fleet';
import { rowStart } from './page';

const root = join(__dirname, '../..');
const fleet = new Fleet(root);
const rows = readFileSync(join(root, 'docs/rules.md'), 'utf8').split('\n');
const rowOf = (start: string): string => rows.find((row) => row.startsWith(start)) ?? '';

test('the fleet breaks no rule without a fault', () => {
  expect(problemsWithoutFault(fleet)).toEqual([]);
});

test('faults have ids and titles of their own', () => {
  expect(new Set(allFaults.map(({ id }) => id)).size).toBe(allFaults.length);
  expect(new Set(allFaults.map(({ title }) => title)).size).toBe(allFaults.length);
  expect(allFaults.filter(({ id, title }) => !/^[a-z0-9-]+$/.test(id) || !/^[A-Z].*\.$/.test(title))).toEqual([]);
});

test('docs/rules.md lists every fault, and no other', () => {
  const listed = rows.slice(rows.indexOf('# Proof')).filter((row) => row.startsWith('| `'));

  expect(allFaults.filter((fault) => rowOf(rowStart(fault)) === '').map(({ id }) => id)).toEqual([]);
  expect(listed).toHaveLength(allFaults.length);
});

// One in twenty, so that it stays fast; `npm run mutate` tries all of them.
const some = allFaults.filter((_, i) => i % 20 === 7);

test.each(some.map((fault) => [fault.id, fault] as const))('%s is caught by a rule that docs/rules.md names', (_, fault) => {
  const row = rowOf(rowStart(fault));
  const { caughtBy } = attempt(fault, fleet);

  expect(caughtBy.length > 0).toBe(!row.endsWith('**nothing** |'));
  expect(caughtBy.filter((id) => row.includes(`\`${id}\``)).length > 0).toBe(caughtBy.length > 0);
});

test('a fault leaves the fleet as it was', () => {
  const before = JSON.stringify(fleet.target('prod/us-east-1'));
  const draft = new Draft(fleet, 'prod/us-east-1');
  set('Deployment/litellm/litellm', '/spec/replicas', 3)(draft);

  expect(draft.changedTarget).toBeDefined();
  expect(JSON.stringify(fleet.target('prod/us-east-1'))).toBe(before);
});

test.each([
  ['an object that is not there', remove('Deployment/litellm/gone'), 'as nothing of that name is in prod/us-east-1 or argocd/'],
  ['a field that is not there', drop('Deployment/litellm/litellm', '/spec/gone'), 'as it changes nothing there'],
  ['a value that is there', set('Deployment/litellm/litellm', '/metadata/name', 'litellm'), 'as it changes nothing there'],
  ['a text that is not there', replace('Deployment/litellm/litellm', '/metadata/name', 'gone', 'x'), 'as it changes nothing there'],
  ['an item that is not there', drop('Deployment/litellm/litellm', '/spec/template/spec/volumes/name=gone'), 'Cannot find "name=gone"'],
])('fails on %s', (_, edit, message) => {
  expect(() => edit(new Draft(fleet, 'prod/us-east-1'))).toThrow(message);
});

function run(...args: string[]) {
  const texts: string[] = [];
  const code = mutateCommand(args, root, { out: (text) => void texts.push(text), err: (text) => void texts.push(text) });
  return { code, text: texts.join('\n') };
}

test('tells what the rules say about one fault', () => {
  const { code, text } = run('service-target-port-misspelt');

  expect(code).toBe(0);
  expect(text).toContain('[ports-resolve]');
});

test('refuses faults that it does not know', () => {
  expect(run('no-such-fault')).toEqual({ code: 2, text: expect.stringContaining('Cannot find "no-such-fault" among the faults') });
});
