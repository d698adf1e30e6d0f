import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';
import { parse } from 'yaml';

import { fill, filled } from './fill';
import { pinnedValues } from './pinned-values';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

const around = (image: string) => `images:\n  app:\n    repository: ghcr.io/team/app\n    tag: v1\n${image}rings: [[here]]\n`;
const fillIn = (text: string) =>
  filled(
    text,
    pinnedValues({ path: 'releases/prod.yaml', text })
      .filter(({ value }) => value === 'unresolved')
      .map(({ start, end }) => ({ start, end, found: digest })),
  );

test.each([
  ['a comment', '    digest: unresolved # unresolved so far\n', `    digest: ${digest} # unresolved so far\n`],
  ['single quotes', "    digest:   'unresolved'  \n", `    digest:   '${digest}'  \n`],
  ['double quotes', '    "digest": "unresolved"\n', `    "digest": "${digest}"\n`],
  ['an escape', '    digest: "\\x75nresolved"\n', `    digest: ${digest}\n`],
  ['its own line', '    digest:\n      # unresolved\n      unresolved\n', `    digest:\n      # unresolved\n      ${digest}\n`],
  ['a block', '    digest: |- # unresolved\n      unresolved\n', `    digest: |- # unresolved\n      ${digest}\n`],
])('fills a digest with %s', (_, before, after) => {
  expect(fillIn(around(before))).toBe(around(after));
});

test('fills a digest in braces', () => {
  const text = (value: string) => `images: {app: {digest: ${value},repository: ghcr.io/team/app,tag: v1}}\n`;

  expect(fillIn(text('unresolved'))).toBe(text(digest));
  expect(parse(text(digest)).images.app.digest).toBe(digest);
});

test('keeps line ends of Windows, a byte order mark and a missing last line end', () => {
  const text = (value: string) => `\uFEFF# Größe 🚢\r\nimages:\r\n  app:\r\n    digest: ${value}\r\n    tag: v1`;

  expect(fillIn(text('unresolved'))).toBe(text(digest));
});

test('changes nothing but what it fills, wherever that stands', () => {
  const comment = fc.constantFrom('', ' # unresolved', ' # grün 🚢', '   ');
  const value = fc.constantFrom('unresolved', "'unresolved'", '"unresolved"', digest);
  const image = fc.tuple(comment, comment, value, fc.boolean());
  fc.assert(
    fc.property(fc.array(image, { minLength: 1, maxLength: 6 }), fc.constantFrom('\n', '\r\n'), (images, end) => {
      const fields = ([before, after, digest, first]: (typeof images)[number], index: number) => {
        const lines = [`    digest: ${digest}${after}`, `    tag: v1${before}`];
        return [`  app${index}:${before}`, ...(first ? lines : lines.reverse())];
      };
      const text = ['images:', ...images.flatMap(fields)].join(end);
      expect(fillIn(text)).toBe(text.replace(/(digest: ['"]?)unresolved/g, `$1${digest}`));
    }),
  );
});

describe('writing a file', () => {
  const root = mkdtempSync(join(tmpdir(), 'fill-'));
  const folder = join(root, 'releases');
  const path = join(folder, 'prod.yaml');
  const read = { path: 'releases/prod.yaml', text: 'digest: unresolved\n' };
  const fillings = [{ start: 8, end: 18, found: digest }];
  beforeEach(() => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    writeFileSync(path, read.text);
  });
  afterAll(() => rmSync(root, { recursive: true }));

  test('replaces it whole, and keeps its mode', () => {
    chmodSync(path, 0o600);
    const { ino } = statSync(path);

    expect(fill(root, read, fillings)).toBeUndefined();
    expect(readFileSync(path, 'utf8')).toBe(`digest: ${digest}\n`);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(path).ino).not.toBe(ino);
    expect(readdirSync(folder)).toEqual(['prod.yaml']);
  });

  test('replaces it where a link leads', () => {
    rmSync(path);
    writeFileSync(join(root, 'elsewhere.yaml'), read.text);
    symlinkSync(join(root, 'elsewhere.yaml'), path);

    expect(fill(root, read, fillings)).toBeUndefined();
    expect(readFileSync(join(root, 'elsewhere.yaml'), 'utf8')).toBe(`digest: ${digest}\n`);
    expect(readFileSync(path, 'utf8')).toBe(`digest: ${digest}\n`);
  });

  test('fails where it changed since it was read, and leaves it as it is', () => {
    writeFileSync(path, 'digest: unresolved # really\n');

    expect(fill(root, read, fillings)).toBe(
      'Cannot write "releases/prod.yaml" as it is not what was read: save it as UTF-8, and run "npm run pin" again',
    );
    expect(readFileSync(path, 'utf8')).toBe('digest: unresolved # really\n');
  });

  test('fails where it is gone', () => {
    rmSync(path);

    expect(fill(root, read, fillings)).toBe(
      'Cannot write "releases/prod.yaml" as the system refuses (ENOENT): allow it, and run "npm run pin" again',
    );
    expect(readdirSync(folder)).toEqual([]);
  });
});
