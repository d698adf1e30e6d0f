import fc from 'fast-check';
import { stringify } from 'yaml';

import { ReleaseProblems } from './problem';
import { readReleases } from './releases';

const known = { environments: { prod: ['us-west-2', 'eu-west-1'] }, images: ['redis', 'vllm'], models: ['tiny'] };

const right = `\
images:
  vllm:
    repository: docker.io/vllm/vllm-openai
    tag: v0.24.0
    digest: unresolved
models:
  tiny:
    source: ollama://tinyllama
    revision: 1.1b
    sha256: unresolved
    size: 638 MB
rings:
  - [us-west-2]
  - [eu-west-1]
regions:
  us-west-2: {}
`;

/** Whatever a file holds, it is accepted, or refused with messages that have a place in the file, a reason and a cure. */
function staysCalm(text: string): boolean {
  const lines = text.split(/\r\n|\r|\n/).length;
  const before = Reflect.ownKeys(Object.prototype).length;
  try {
    readReleases([{ path: 'releases/prod.yaml', text }], known);
  } catch (error) {
    if (!(error instanceof ReleaseProblems)) throw error;
    expect(error.problems).not.toHaveLength(0);
    for (const { message } of error.problems) {
      const [, line] = /^releases\/prod\.yaml:(\d+):[1-9]\d* Cannot [^\n]+ as [^\n]+(: [^\n]+|\?)$/.exec(message) ?? [];
      expect({ message, inFile: Number(line) >= 1 && Number(line) <= lines }).toEqual({ message, inFile: true });
    }
  }
  return Reflect.ownKeys(Object.prototype).length === before;
}

/** What people and programs write into YAML files, right or wrong. */
const piece = fc.constantFrom(
  ...[
    'images:',
    'vllm:',
    'tag:',
    '- ',
    '  ',
    '\t',
    '\n',
    ': ',
    '[',
    ']',
    '{',
    '}',
    '"',
    "'",
    '&a ',
    '*a',
    '!!map ',
    '<<: ',
    '? ',
    '| ',
    '> ',
    '# ',
  ],
  ...[
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    '~',
    'null',
    '1.10',
    '0x1F',
    '.inf',
    '---\n',
    '...\n',
    '%YAML 1.1\n',
    '\u0000',
    '\ud800',
  ],
  ...['\r', '\u2028', '\ufeff', 'unresolved', 'us-west-2', 'hf://', 's3://', 'sha256:'],
);

const key = fc.oneof(fc.constantFrom('images', 'models', 'rings', 'regions', 'vllm', 'tiny', 'us-west-2', '__proto__', 'tag'), fc.string());

const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof({ maxDepth: 7 }, fc.jsonValue(), fc.array(tie('tree'), { maxLength: 4 }), fc.dictionary(key, tie('tree'), { maxKeys: 5 })),
}));

test('refuses any text calmly', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(piece).map((pieces) => pieces.join('')),
      ),
      staysCalm,
    ),
    { numRuns: 1000 },
  );
});

test('refuses any YAML calmly', () => {
  fc.assert(
    fc.property(tree, (value) => staysCalm(stringify(value))),
    { numRuns: 500 },
  );
});

test('refuses a right file with any piece put in or cut out calmly', () => {
  const place = fc.nat(right.length);
  fc.assert(
    fc.property(place, fc.nat(40), fc.array(piece, { maxLength: 5 }), (start, length, pieces) =>
      staysCalm(right.slice(0, start) + pieces.join('') + right.slice(start + length)),
    ),
    { numRuns: 1000 },
  );
});

test.each(['[', '{a: ', '"', '&a ', '! ', 'k: v\n', '---\n', ': ', '<<: *a\n', '- *a\n'])(
  'refuses a large file of %j within seconds',
  (text) => {
    expect(staysCalm(text.repeat(Math.floor((64 * 1024) / text.length)))).toBe(true);
  },
);

test('refuses thousands of unknown keys within seconds', () => {
  const keys = Array.from({ length: 5000 }, (_, index) => `  k${index}: 1\n`).join('');

  expect(staysCalm(`images:\n${keys}`)).toBe(true);
});

test('refuses references that would grow to billions of values', () => {
  const levels = Array.from({ length: 30 }, (_, level) => `l${level + 1}: &l${level + 1} [*l${level}, *l${level}, *l${level}]\n`);

  expect(staysCalm(`l0: &l0 [x]\n${levels.join('')}`)).toBe(true);
});

test('accepts the file that the others change', () => {
  expect(() => readReleases([{ path: 'releases/prod.yaml', text: right }], known)).not.toThrow();
});
