import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { stringify } from 'yaml';

import { rulesCommand } from './rules-command';
import { rulesPage } from './rules-page';
import { type FleetDrafts, sampleFleet } from './testing/sample-fleet';
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
  expect(out).toMatch(/^unique-objects +Every object of a target is defined once\.$/m);
  expect(out.split('\n')).toHaveLength(rulesPage().match(/^## /gm)?.length ?? 0);
});

const WITHOUT_DELIVERY = /^\d+ objects of 1 target: 0 problems \(without argocd\/, so that nothing is known of their delivery\)$/;

test('finds nothing in a tree that is right', () => {
  writeSample();

  expect(run('--on', folder)).toEqual({ code: 0, out: expect.stringMatching(WITHOUT_DELIVERY), err: '' });
});

test('fails with the problems of a tree', () => {
  writeSample(({ remove }) => remove('PriorityClass/serving'));
  const { code, out, err } = run('--on', folder);

  expect(code).toBe(1);
  expect(err).toMatch(
    /^prod\/us-west-2\/app Deployment\/web in app: .* \[platform-resolves\]\n {4}in dist\/prod\/us-west-2\/app\/app\/Deployment.web.yaml\n {4}why: /,
  );
  expect(out).toMatch(/^\d+ objects of 1 target: 1 problem, of 1 rule \(docs\/rules\.md\) \(without argocd/);
});

test('fails with the same problems as JSON', () => {
  writeSample(({ remove }) => remove('PriorityClass/serving'));
  const { code, out } = run('--on', folder, '--json');

  expect(code).toBe(1);
  expect(JSON.parse(out)).toEqual([
    {
      rule: 'platform-resolves',
      environment: 'prod',
      region: 'us-west-2',
      app: 'app',
      object: 'Deployment/web in app',
      field: '/spec/template/spec/priorityClassName',
      message: 'names PriorityClass "serving", which does not exist (there is none)',
      why: expect.stringMatching(/^What names a class/),
      fix: expect.stringMatching(/^Take the name/),
      file: 'dist/prod/us-west-2/app/app/Deployment.web.yaml',
    },
  ]);
});

test('reads several documents, lists, and dates as text', () => {
  write(
    'dist/dev/local/app/all.yaml',
    'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Namespace, metadata: {name: app, labels: {pod-security.kubernetes.io/enforce: restricted}, annotations: {argocd.argoproj.io/sync-options: "Prune=false,Delete=false"}}}\n---\n# nothing\n---\n' +
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: dates, namespace: app, annotations: {day: 2026-01-31}}\n',
  );

  expect(run('--on', folder)).toMatchObject({ code: 0, out: expect.stringMatching(/^2 objects of 1 target: 0 problems/) });
});

test('fails for files by which Argo CD reads a folder otherwise, and for those that it does not read', () => {
  write('dist/dev/local/app/kustomization.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: app, namespace: default}\n');
  write('dist/dev/local/app/deployment.json', '{}');
  symlinkSync('/', join(folder, 'dist/dev/local/app/root'));
  const { code, err } = run('--on', folder);

  expect(code).toBe(1);
  expect(err.split('\n')).toEqual([
    'Cannot deploy "dist/dev/local/app/deployment.json" as Argo CD is told to read *.yaml alone: rename it',
    'Cannot deploy "dist/dev/local/app/kustomization.yaml" as Argo CD renders the folder with kustomize because of it: remove it',
    'Cannot deploy "dist/dev/local/app/root" as it is a link, at which Argo CD fails if it leads out of the repository: put the file there',
  ]);
});

test('tells what could not be read as JSON as well', () => {
  write('dist/dev/local/app/a.yaml', 'a: [\n');

  expect(JSON.parse(run('--on', folder, '--json').out)).toEqual([
    {
      ...{ rule: 'readable-files', environment: 'dev', region: 'local', app: 'app', object: null, field: '' },
      ...{
        message: expect.stringMatching(/^Cannot read /),
        why: expect.any(String),
        fix: expect.any(String),
        file: 'dist/dev/local/app/a.yaml',
      },
    },
  ]);
});

/** The sample of a fleet as a tree. */
function writeFleet(change?: (drafts: FleetDrafts) => void): void {
  for (const region of ['us-west-2', 'eu-west-1']) {
    for (const { name, manifests } of sampleTarget().apps) {
      manifests.forEach((manifest, i) => void write(`dist/prod/${region}/${name}/${i}.yaml`, stringify(manifest)));
    }
  }
  for (const { name, manifests } of sampleFleet(change).folders) {
    manifests.forEach((manifest, i) => void write(`argocd/${name}/${i}.yaml`, stringify(manifest)));
  }
}

test('finds nothing in a fleet that is right', () => {
  writeFleet();

  expect(run('--on', folder)).toEqual({ code: 0, out: expect.stringMatching(/^\d+ objects of 2 targets: 0 problems$/), err: '' });
});

test('fails with the problems of what delivers the tree', () => {
  writeFleet(({ get }) => {
    get('AppProject/apps-prod').spec.destinations[0].server = '*';
    get('ApplicationSet/inference-prod').spec.generators[0].list.elements.pop();
  });

  expect(JSON.parse(run('--on', folder, '--json').out)).toMatchObject([
    {
      ...{ rule: 'folders-are-delivered', environment: 'prod', region: 'eu-west-1', app: 'llm', object: null },
      ...{ message: 'is delivered by no Application: Argo CD would not deploy the folder', file: 'dist/prod/eu-west-1/llm' },
    },
    { rule: 'projects-narrow', environment: 'prod', region: '', app: '', object: 'AppProject/apps-prod in argocd' },
    { rule: 'projects-narrow', file: 'argocd/prod/1.yaml', field: '/spec/destinations/0/server' },
  ]);
});

test('runs rules with the facts of the targets that the paths name', () => {
  writeSample();
  const asked: string[] = [];
  const factsOf = (environment: string, region: string): undefined => void asked.push(`${environment}/${region}`);
  rulesCommand(['--on', folder], folder, { out: () => {}, err: () => {} }, { factsOf });

  expect(asked).toEqual(['prod/us-west-2']);
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
