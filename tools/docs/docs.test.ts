import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';

import { parse } from 'yaml';

import { repository } from '../../lib/repository';

const root = join(__dirname, '..', '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path));
const outputOf = (kind: string): string[] =>
  [...filesIn('dist'), ...filesIn('argocd')].filter((path) => path.split('/').at(-1)?.startsWith(`${kind}.`));
const found = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([whole, group = whole]) => group);

const pages = ['README.md', 'CONTRIBUTING.md', ...filesIn('docs').filter((path) => path.endsWith('.md'))];
const runbooks = 'docs/runbooks';
const packageJson = JSON.parse(read('package.json'));

/** What a page links to within the repository: paths from its root. A folder stands for its README. */
function linksOf(page: string): string[] {
  const links = found(read(page), /\]\(([^)#\s]+)[^)]*\)/g).filter((link) => !/^[a-z]+:/.test(link));
  return links.map((link) => {
    const path = normalize(join(dirname(page), link));
    return existsSync(join(root, path)) && statSync(join(root, path)).isDirectory() ? join(path, 'README.md') : path;
  });
}

describe.each(pages)('%s', (page) => {
  const text = read(page);

  test('links to what exists', () => {
    expect(linksOf(page).filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  test('names files and folders that exist', () => {
    const named = found(text, /`((?:lib|tools|releases|docs|argocd|dist|imports)\/[\w./-]+)`/g);

    expect(named.filter((path) => !existsSync(join(root, path)) && !path.startsWith('dist/prod/ap-southeast-2'))).toEqual([]);
  });

  test('names scripts that package.json has', () => {
    expect(found(text, /npm run ([\w-]+)/g).filter((script) => packageJson.scripts[script] === undefined)).toEqual([]);
  });
});

test('pages quote messages that the code has', () => {
  const sources = ['lib', 'tools'].flatMap((folder) => filesIn(folder).filter((path) => /(?<!\.test)\.ts$/.test(path)));
  const code = sources.map(read).join('\n');
  const quoted = pages.flatMap((page) => found(read(page), /`(Cannot [^<`]*)`/g));
  const parts = quoted.flatMap((message) => message.split('"…"')).filter((part) => part.trim() !== '');

  expect(quoted.length).toBeGreaterThan(0);
  expect(parts.filter((part) => !code.includes(part.trim()))).toEqual([]);
});

test('every page is reached from the README', () => {
  const reached = new Set(['README.md']);
  for (const page of reached) for (const link of linksOf(page)) if (link.endsWith('.md') && existsSync(join(root, link))) reached.add(link);

  expect(pages.filter((page) => !reached.has(page))).toEqual([]);
});

test.each([
  ['README.md', 120],
  ['CONTRIBUTING.md', 80],
])('%s has at most %i lines', (page, most) => {
  expect(read(page).trimEnd().split('\n').length).toBeLessThanOrEqual(most);
});

describe('runbooks', () => {
  const rules = outputOf('PrometheusRule').map(read).join('\n');
  const alerts = [...new Set(found(rules, /\balert: (\w+)/g))];

  test('exist for every alert that is synthesized, and every alert names its own', () => {
    const links = [...new Set(found(rules, /runbook_url: (\S+)/g))].map((url) => relative(repository.docs, url));

    expect(alerts).not.toEqual([]);
    expect(links.map((link) => read(join('docs', link)).split('\n')[0]).sort()).toEqual(alerts.map((alert) => `# ${alert}`).sort());
  });

  test.each(alerts)('%s says where to look, what it may be, what to do and whom to ask, in 40 lines', (alert) => {
    const page = filesIn(runbooks).find((path) => read(path).startsWith(`# ${alert}\n`)) ?? '';
    const text = read(page);

    expect(found(text, /^## (.*)$/gm)).toEqual(['First look', 'Usual causes', 'Cure', 'Escalate']);
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(40);
  });

  test('tell a new cluster every name that its targets fetch from the store, and no other', () => {
    // What is copied from Secrets of the cluster nobody has to put into the store.
    const texts = [...outputOf('ExternalSecret'), ...outputOf('Application')].map(read).filter((text) => !/name: internal-ca$/m.test(text));
    const fetched = texts.flatMap((text) => {
      const references = found(text, /remoteRef:\n((?: +\w+: \S+\n)+)/g);
      return references.map((reference) => /property: (\S+)/.exec(reference)?.[1] ?? /key: (\S+)/.exec(reference)?.[1]);
    });
    const listed = found(read(join(runbooks, 'first-installation.md')), /^\| (`.*?) \|/gm).flatMap((cell) => found(cell, /`([^`]+)`/g));

    expect(listed.sort()).toEqual([...new Set(fetched)].sort());
  });
});

test('the table of ports says what pods listen on, by which name, and nothing else', () => {
  const listening = ['DaemonSet', 'Deployment', 'StatefulSet'].flatMap(outputOf).flatMap((path) => {
    const { metadata, spec } = parse(read(path));
    const containers: { ports?: { name: string; containerPort: number }[] }[] = spec.template.spec.containers;
    const ports = containers.flatMap((container) => container.ports ?? []);
    return ports.map(({ name, containerPort }) => `${containerPort} ${name} ${metadata.namespace}/${metadata.name}`);
  });
  const listed = [...read('docs/how-to/names.md').matchAll(/^\| (\d+) \| `([\w-]+)` \| (.*) \|$/gm)].flatMap(([, port, name, pods = '']) =>
    found(pods, /`([^`]+)`/g).map((pod) => `${port} ${name} ${pod}`),
  );

  expect(listed.sort()).toEqual([...new Set(listening)].sort());
});

test('CONTRIBUTING explains every dependency', () => {
  const explained = found(read('CONTRIBUTING.md').split('## Dependencies')[1] ?? '', /^\| (`.*?) \|/gm).flatMap((cell) =>
    found(cell, /`([^`]+)`/g),
  );

  expect(explained.sort()).toEqual(Object.keys({ ...packageJson.dependencies, ...packageJson.devDependencies }).sort());
});
