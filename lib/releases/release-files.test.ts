import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { releaseFiles } from './releases';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'releases-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('reads the YAML files of a folder, by name', () => {
  for (const name of ['prod.yaml', 'dev.yml', 'notes.md']) writeFileSync(join(folder, name), name);

  expect(releaseFiles(folder)).toEqual(['dev.yml', 'prod.yaml'].map((name) => ({ path: `${basename(folder)}/${name}`, text: name })));
});

test.each<[string, (path: string) => void]>([
  ['a folder', (path) => mkdirSync(path)],
  ['a pipe', (path) => execFileSync('mkfifo', [path])],
  ['a device', (path) => symlinkSync('/dev/zero', path)],
])('refuses %s at once', (_, make) => {
  make(join(folder, 'prod.yaml'));

  expect(() => releaseFiles(folder)).toThrow(/prod\.yaml:1:1 Cannot read ".*" as it is no file: remove it, or write its pins into a file$/);
});

test('refuses a link to a file elsewhere, and follows one that stays', () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'elsewhere-'));
  writeFileSync(join(elsewhere, 'prod.yaml'), 'images: {}');
  symlinkSync(join(elsewhere, 'prod.yaml'), join(folder, 'prod.yaml'));

  expect(() => releaseFiles(folder)).toThrow(
    /prod\.yaml:1:1 Cannot read ".*" as it is a link to elsewhere, where nobody reviews what changes/,
  );
  rmSync(join(folder, 'prod.yaml'));
  rmSync(elsewhere, { recursive: true });

  writeFileSync(join(folder, 'dev.yaml'), 'images: {}');
  symlinkSync('dev.yaml', join(folder, 'prod.yaml'));
  expect(releaseFiles(folder)).toHaveLength(2);
});

test('refuses a file of gigabytes without reading it', () => {
  writeFileSync(join(folder, 'prod.yaml'), '');
  truncateSync(join(folder, 'prod.yaml'), 2 ** 33);

  expect(() => releaseFiles(folder)).toThrow(/as its 8589934592 bytes hold no pins: keep pins and rings only$/);
});
