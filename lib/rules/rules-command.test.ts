import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { stringify } from 'yaml';

import { rulesCommand } from './rules-command';
import { rulesPage } from './rules-page';
import { type Drafts, sampleTarget } from './testing/sample-target';

const page = readFileSync(join(__dirname, '../../docs/rules.md'), 'utf8');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rules-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function run(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = rulesCommand(args, folder, { out: (text) => void out.push(text), err: (text) => void err.push(text) });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

const write = (file: string, text: string): void => {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
};

function writeSample(change?: (drafts: Drafts) => void): void {
  for (const { name, manifests } of sampleTarget(change).apps) {
    for (const manifest of manifests) {
      write(
        `dist/prod/us-west-2/${name}/${manifest.metadata.namespace ?? ''}/${manifest.kind}.${manifest.metadata.name}.yaml`,
        stringify(manifest),
      );
    }
  }
}

test('lists every rule', () => {
  const { code, out } = run();

  expect(code).toBe(0);
  expect(out).toContain('unique-objects             Every object of a target is defined once.');
  expect(out.split('\n')).toHaveLength(rulesPage().match(/^## /gm)?.length ?? 0);
});

test('finds nothing in a tree that is right', () => {
  writeSample();

  expect(run('--on', folder)).toEqual({ code: 0, out: expect.stringMatching(/^\d+ objects of 1 targets, 0 problems$/), err: '' });
});

test('fails with the problems of a tree', () => {
  writeSample(({ remove }) => remove('PriorityClass/serving'));
  const { code, out, err } = run('--on', folder);

  expect(code).toBe(1);
  expect(err).toMatch(/^prod\/us-west-2\/app Deployment\/web in app: .* \[platform-resolves\]\n {4}why: /);
  expect(out).toMatch(/, 1 problem$/);
});

test('fails with the same problems as JSON', () => {
  writeSample(({ remove }) => remove('PriorityClass/serving'));
  const { code, out } = run('--on', folder, '--json');

  expect(code).toBe(1);
  expect(JSON.parse(out).problems).toEqual([
    {
      rule: 'platform-resolves',
      environment: 'prod',
      region: 'us-west-2',
      app: 'app',
      object: 'Deployment/web in app',
      field: '/spec/template/spec/priorityClassName',
      message: 'names PriorityClass "serving", which does not exist (there is none)',
      why: expect.stringMatching(/^What names one/),
      fix: expect.stringMatching(/^Take the name/),
    },
  ]);
});

test('reads several documents, lists, and dates as text, and follows no links', () => {
  write(
    'dist/dev/local/app/all.yaml',
    'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Namespace, metadata: {name: app, annotations: {argocd.argoproj.io/sync-options: "Prune=false,Delete=false"}}}\n---\n# nothing\n---\n' +
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: dates, namespace: app, annotations: {day: 2026-01-31}}\n',
  );
  symlinkSync('/', join(folder, 'dist/dev/local/app/root'));

  expect(run('--on', folder)).toEqual({ code: 0, out: '2 objects of 1 targets, 0 problems', err: '' });
});

test('fails for files that hold no manifests, all of them at once', () => {
  write('dist/dev/local/app/a.yaml', 'a: [\n');
  write('dist/dev/local/app/b.yaml', 'kind: Deployment\n');
  write(
    'dist/dev/local/app/c.yaml',
    `a: &a [x]\n${[...'bcdefghi'].map((c, i) => `${c}: &${c} [${`*${'abcdefgh'[i]},`.repeat(9)}]`).join('\n')}\n`,
  );
  const { code, err } = run('--on', folder);

  expect(code).toBe(1);
  expect(err.split('\n')).toEqual([
    expect.stringMatching(/^Cannot read "dist\/dev\/local\/app\/a.yaml" as YAML: /),
    'Cannot read "dist/dev/local/app/b.yaml" as a manifest: give it apiVersion, kind, metadata.name, and text for its labels and annotations',
    expect.stringMatching(/^Cannot read "dist\/dev\/local\/app\/c.yaml" as YAML: Excessive alias count/),
  ]);
});

test.each([[['--on']], [['--in', '.']], [['--on', '.', 'more']], [['--json']], [['--docs', '--json']]])(
  'refuses %j as arguments',
  (args) => {
    const { code, err } = run(...args);

    expect(code).toBe(2);
    expect(err).toContain(`Cannot understand "${args.join(' ')}" as arguments`);
  },
);

test('refuses a folder without a tree', () => {
  expect(run('--on', folder)).toEqual({
    code: 2,
    out: '',
    err: `Cannot read "${folder}" as a tree of targets: it needs dist/<environment>/<region>/<app>/*.yaml`,
  });
});

test('docs/rules.md is what --docs writes', () => {
  mkdirSync(join(folder, 'docs'));

  expect(run('--docs').code).toBe(0);
  expect(readFileSync(join(folder, 'docs/rules.md'), 'utf8')).toBe(page.split('\n# Proof\n')[0]);
});

test('--docs leaves the proof as it is', () => {
  mkdirSync(join(folder, 'docs'));
  write('docs/rules.md', `# Old rules\n\n# Proof\n${page.split('\n# Proof\n')[1]}`);

  expect(run('--docs').code).toBe(0);
  expect(readFileSync(join(folder, 'docs/rules.md'), 'utf8')).toBe(page);
});
