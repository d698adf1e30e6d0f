import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';

import type { Manifest } from '../kubernetes/manifest';
import { type Changes, Output } from './output';

const ROOTS = ['dist', 'argocd'];
const FOLDER = 'dist/prod/eu-west-1/llm';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'output-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const configMap = (name: string, text = 'same', namespace = 'llm'): Manifest => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace },
  data: { text },
});
const abc = ['a', 'b', 'c'].map((name) => configMap(name));

function staged(manifests: readonly Manifest[], { folder = FOLDER, purpose = 'write' as 'write' | 'compare' } = {}): Output {
  const output = new Output(root, ROOTS, purpose);
  output.stage(folder, 'llm', manifests);
  return output;
}

function synth(manifests: readonly Manifest[], folder = FOLDER): Changes {
  const output = staged(manifests, { folder });
  output.commit();
  return output.changes();
}

const compare = (manifests: readonly Manifest[]): Changes => staged(manifests, { purpose: 'compare' }).changes();
const path = (name: string): string => join(root, FOLDER, name);
const text = (name: string): string => parse(readFileSync(path(name), 'utf8')).data.text;
const nothing = { created: [], changed: [], stale: [], foreign: [] };

/** Every file of the repository with all that tells whether it was touched. */
function state(folder = root): Record<string, unknown> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const { ino, mtimeMs, ctimeMs } = statSync(join(parentPath, name));
      return [join(parentPath, name), [readFileSync(join(parentPath, name), 'utf8'), ino, mtimeMs, ctimeMs]];
    }),
  );
}

function put(file: string, content: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), content);
}

describe('writing', () => {
  test('writes one file for each object, which says who wrote it', () => {
    expect(synth([configMap('a')])).toEqual({ ...nothing, created: [`${FOLDER}/ConfigMap.a.yaml`], unchanged: 0 });
    expect(readFileSync(path('ConfigMap.a.yaml'), 'utf8')).toBe(
      '# Synthesized by Slipway: edit lib/ or releases/, not this file.\n' +
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  namespace: llm\ndata:\n  text: same\n',
    );
  });

  test('writes nothing before the commit', () => {
    staged(abc);

    expect(existsSync(join(root, 'dist'))).toBe(false);
  });

  test('writes nothing when the objects are the same', () => {
    synth(abc);
    synth(abc);
    const before = state();

    expect(synth(abc)).toEqual({ ...nothing, unchanged: 3 });
    expect(state()).toEqual(before);
  });

  test('writes only the files that differ', () => {
    synth(abc);
    const before = state(join(root, 'dist'));

    expect(synth([configMap('a'), configMap('b', 'new'), configMap('c')])).toEqual({
      ...nothing,
      changed: [`${FOLDER}/ConfigMap.b.yaml`],
      unchanged: 2,
    });
    expect(Object.entries(state(join(root, 'dist'))).filter(([file, now]) => String(now) !== String(before[file]))).toHaveLength(1);
    expect(text('ConfigMap.b.yaml')).toBe('new');
  });

  test('leaves everything as it was when what is staged is discarded', () => {
    synth(abc);
    const before = state(join(root, 'dist'));

    staged([configMap('a', 'new'), configMap('d')]).discard();

    expect(state(join(root, 'dist'))).toEqual(before);
    expect(readdirSync(join(root, '.slipway'))).toEqual(['ledger']);
  });

  test('removes what killed processes left, but nothing of those that live', () => {
    mkdirSync(join(root, '.slipway'), { recursive: true });
    const [dead, alive, elsewhere] = [`stage-999999999-${hostname()}`, `stage-${process.ppid}-${hostname()}`, 'stage-1-elsewhere'];
    for (const name of [dead, alive, elsewhere]) put(`.slipway/${name}/files/a`, '');

    synth(abc);

    expect(readdirSync(join(root, '.slipway')).sort()).toEqual(['ledger', alive, elsewhere].sort());
  });

  test('makes the same bytes whatever the order of files and folders', () => {
    put('dist/z', '');
    synth(abc);
    const before = readFileSync(path('ConfigMap.a.yaml'), 'utf8');
    synth([...abc].reverse());

    expect(readFileSync(path('ConfigMap.a.yaml'), 'utf8')).toBe(before);
  });
});

describe('what is there already', () => {
  test('removes files it needs no longer, and the folders they leave empty', () => {
    synth(abc, 'dist/dev/local/llm');

    expect(synth(abc)).toMatchObject({ stale: ['a', 'b', 'c'].map((name) => `dist/dev/local/llm/ConfigMap.${name}.yaml`), foreign: [] });
    expect(readdirSync(join(root, 'dist'))).toEqual(['prod']);
  });

  test('removes empty folders that an interrupted synth left', () => {
    mkdirSync(join(root, 'dist/gone/for/good'), { recursive: true });
    mkdirSync(path('gone'), { recursive: true });

    synth(abc);

    expect(existsSync(join(root, 'dist/gone'))).toBe(false);
    expect(existsSync(path('gone'))).toBe(false);
  });

  test('moves the object of another namespace out of its folder', () => {
    synth([configMap('a', 'same', 'other')]);

    expect(synth([configMap('a')])).toMatchObject({ created: [`${FOLDER}/ConfigMap.a.yaml`], stale: [`${FOLDER}/other/ConfigMap.a.yaml`] });
    expect(existsSync(path('other'))).toBe(false);
  });

  test('reports the files of a person and leaves them', () => {
    const files = ['argocd/notes.md', 'dist/README.md', `${FOLDER}/ConfigMap.mine.yaml`, `${FOLDER}/sub/x.yaml`];
    for (const file of files) put(file, 'apiVersion: v1\n');

    expect(synth(abc)).toMatchObject({ foreign: files.sort(), stale: [] });
    expect(files.filter((file) => existsSync(join(root, file)))).toEqual(files);
  });

  test('refuses to overwrite the file of a person, and names every one', () => {
    put(`${FOLDER}/ConfigMap.a.yaml`, 'mine\n');
    mkdirSync(path('ConfigMap.b.yaml'));
    let error: unknown;
    try {
      staged(abc);
    } catch (thrown) {
      error = thrown;
    }

    expect((error as AggregateError).errors.map(({ message }) => message)).toEqual([
      `Cannot write "${FOLDER}/ConfigMap.a.yaml" as something that Slipway did not write is in its place: move or remove it`,
      `Cannot write "${FOLDER}/ConfigMap.b.yaml" as something that Slipway did not write is in its place: move or remove it`,
    ]);
    expect(readFileSync(path('ConfigMap.a.yaml'), 'utf8')).toBe('mine\n');
  });

  test('repairs a file that was edited below its first line', () => {
    synth(abc);
    const original = readFileSync(path('ConfigMap.a.yaml'), 'utf8');
    writeFileSync(path('ConfigMap.a.yaml'), `${original}\n<<<<<<< HEAD\n`);

    expect(synth(abc)).toMatchObject({ changed: [`${FOLDER}/ConfigMap.a.yaml`] });
    expect(readFileSync(path('ConfigMap.a.yaml'), 'utf8')).toBe(original);
  });

  test('refuses to write through a link to a folder', () => {
    mkdirSync(join(root, 'elsewhere'));
    mkdirSync(join(root, 'dist'));
    symlinkSync(join(root, 'elsewhere'), join(root, 'dist/prod'));

    expect(() => staged(abc)).toThrow('Cannot write to "dist/prod" as it is a link, not a folder: move or remove it');
    expect(readdirSync(join(root, 'elsewhere'))).toEqual([]);
  });

  test.each(['dist', 'argocd'])('refuses to clean up behind a link: %s', (name) => {
    mkdirSync(join(root, 'elsewhere'));
    put('elsewhere/ConfigMap.x.yaml', '# Synthesized by Slipway\n');
    symlinkSync(join(root, 'elsewhere'), join(root, name));

    expect(() => new Output(root, ROOTS, 'write').commit()).toThrow(
      `Cannot write to "${name}" as it is a link, not a folder: move or remove it`,
    );
    expect(readdirSync(join(root, 'elsewhere'))).toEqual(['ConfigMap.x.yaml']);
  });

  test('refuses the link to a file in the place of one of its own, and leaves any other', () => {
    put('elsewhere.yaml', '# Synthesized by Slipway\n');
    mkdirSync(join(root, FOLDER), { recursive: true });
    for (const name of ['ConfigMap.a.yaml', 'ConfigMap.other.yaml']) symlinkSync(join(root, 'elsewhere.yaml'), path(name));

    expect(() => staged([configMap('a')])).toThrow(AggregateError);
    expect(synth([configMap('b')])).toMatchObject({
      foreign: ['ConfigMap.a.yaml', 'ConfigMap.other.yaml'].map((name) => `${FOLDER}/${name}`),
      stale: [],
    });
    expect(readFileSync(join(root, 'elsewhere.yaml'), 'utf8')).toBe('# Synthesized by Slipway\n');
  });

  test('refuses to follow a link into the folder of another namespace', () => {
    mkdirSync(join(root, 'elsewhere'));
    mkdirSync(join(root, FOLDER), { recursive: true });
    symlinkSync(join(root, 'elsewhere'), path('other'));

    expect(() => staged([configMap('a', 'x', 'other')])).toThrow(/^Cannot write to ".*\/other" as it is a link/);
  });
});

describe('folders', () => {
  test('may lie in each other, in any order', () => {
    const [outer, inner] = ['argocd/prod', 'argocd/prod/eu-west-1'];
    const both = (folders: readonly string[], manifests = abc): Changes => {
      const output = new Output(root, ROOTS, 'write');
      for (const folder of folders) output.stage(folder, 'llm', manifests);
      output.commit();
      return output.changes();
    };
    both([outer, inner]);
    put(`${inner}/mine.yaml`, '');

    expect(both([outer, inner])).toEqual({ ...nothing, foreign: [`${inner}/mine.yaml`], unchanged: 6 });
    expect(both([inner, outer])).toEqual({ ...nothing, foreign: [`${inner}/mine.yaml`], unchanged: 6 });
    expect(both([inner])).toMatchObject({ stale: ['a', 'b', 'c'].map((name) => `${outer}/ConfigMap.${name}.yaml`), unchanged: 3 });
    both([outer, inner]);
    expect(both([outer])).toMatchObject({ stale: ['a', 'b', 'c'].map((name) => `${inner}/ConfigMap.${name}.yaml`), unchanged: 3 });
  });

  test.each([[FOLDER], [`${FOLDER}/other`]])('refuses a folder that another app has taken: %s', (folder) => {
    const output = staged([configMap('a', 'x', 'other')]);

    expect(() => output.stage(folder, 'llm', [])).toThrow(
      `Cannot write to "${folder}" twice as it is the folder of one app: give each app its own`,
    );
  });

  test.each(['lib', '../dist', 'distribution/a', 'dist/../lib', 'dist//a'])('refuses to write elsewhere: %s', (folder) => {
    expect(() => staged([], { folder })).toThrow(
      `Cannot write to "${folder}" as output goes to dist and argocd: use a folder in one of them`,
    );
  });
});

describe('the ledger', () => {
  const page = (): string => join(root, '.slipway/ledger', `${encodeURIComponent(FOLDER)}.json`);

  beforeEach(() => {
    synth(abc);
    synth(abc);
  });

  test('notices an edit that restores size and time of the last change', () => {
    const { atime, mtime } = statSync(path('ConfigMap.a.yaml'));
    writeFileSync(path('ConfigMap.a.yaml'), readFileSync(path('ConfigMap.a.yaml'), 'utf8').replace('same', 'SAME'));
    utimesSync(path('ConfigMap.a.yaml'), atime, mtime);

    expect(synth(abc)).toMatchObject({ changed: [`${FOLDER}/ConfigMap.a.yaml`], unchanged: 2 });
    expect(text('ConfigMap.a.yaml')).toBe('same');
  });

  test('is not trusted about a file that is as young as itself', () => {
    const lie = JSON.parse(readFileSync(page(), 'utf8'));
    writeFileSync(path('ConfigMap.a.yaml'), readFileSync(path('ConfigMap.a.yaml'), 'utf8').replace('same', 'SAME'));
    const { size, mtimeMs, ctimeMs } = statSync(path('ConfigMap.a.yaml'));
    lie.files[0][1] = [size, mtimeMs, ctimeMs];
    writeFileSync(page(), JSON.stringify(lie));
    utimesSync(page(), mtimeMs / 1000, mtimeMs / 1000);

    expect(synth(abc)).toMatchObject({ changed: [`${FOLDER}/ConfigMap.a.yaml`] });
  });

  test('is never asked when every byte is compared', () => {
    const lie = JSON.parse(readFileSync(page(), 'utf8'));
    writeFileSync(path('ConfigMap.a.yaml'), readFileSync(path('ConfigMap.a.yaml'), 'utf8').replace('same', 'SAME'));
    const { size, mtimeMs, ctimeMs } = statSync(path('ConfigMap.a.yaml'));
    lie.files[0][1] = [size, mtimeMs, ctimeMs];
    writeFileSync(page(), JSON.stringify(lie));
    utimesSync(page(), Date.now() / 1000 + 60, Date.now() / 1000 + 60);

    expect(synth(abc)).toMatchObject({ changed: [] }); // so the lie is a good one
    expect(compare(abc)).toMatchObject({ changed: [`${FOLDER}/ConfigMap.a.yaml`] });
  });

  test.each(['', '{', '[]', 'null', '{"objects":1,"files":2}', '{"files":[[]]}'])('is ignored when it holds %j', (content) => {
    writeFileSync(page(), content);

    expect(synth([configMap('a', 'new')])).toMatchObject({ changed: [`${FOLDER}/ConfigMap.a.yaml`] });
  });

  test('notices a file that is gone', () => {
    rmSync(path('ConfigMap.b.yaml'));

    expect(synth(abc)).toEqual({ ...nothing, created: [`${FOLDER}/ConfigMap.b.yaml`], unchanged: 2 });
  });

  test('forgets folders that are no longer written', () => {
    synth(abc, 'dist/dev/local/llm');

    expect(existsSync(page())).toBe(false);
  });
});

describe('comparing', () => {
  test('finds every difference and touches nothing', () => {
    synth([...abc, configMap('gone')]);
    put('argocd/mine.yaml', 'x');
    writeFileSync(path('ConfigMap.a.yaml'), '# Synthesized by Slipway\r\n');
    rmSync(path('ConfigMap.b.yaml'));
    const before = state();

    expect(compare(abc)).toEqual({
      created: [`${FOLDER}/ConfigMap.b.yaml`],
      changed: [`${FOLDER}/ConfigMap.a.yaml`],
      stale: [`${FOLDER}/ConfigMap.gone.yaml`],
      foreign: ['argocd/mine.yaml'],
      unchanged: 1,
    });
    expect(state()).toEqual(before);
  });
});
