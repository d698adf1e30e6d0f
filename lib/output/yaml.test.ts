import fc from 'fast-check';
import { parse } from 'yaml';

import { yaml } from './yaml';

const VERSIONS = ['1.1', '1.2'] as const;

// biome-ignore format: a table
const ODD = [
  '', ' ', 'a ', ' a', '\ta', 'a\t', '\n', '\n\n', 'a\n', 'a\nb', 'a\n\n', '\na', ' a\nb', 'a\n b', 'a\n\n b\n', 'a\n  \nb', 'a\n ', 'a\n\t\n', 'a \nb\t\n',
  'a\r\nb', 'a\rb', '\r', '# a\nb', 'a\n# b', 'a\n---\nb\n', '---\na\n', '...\n', 'a:\n  b: c\n', '- a\n- b', '|\n', 'a\u0085b', 'a\u2028b\nc', 'é\nü\n',
  'yes', 'no', 'on', 'off', 'y', 'n', 'Y', 'N', 'Yes', 'NO', 'On', 'OFF', 'true', 'True', 'TRUE', 'false', 'null', 'Null', 'NULL', '~', 'nil', 'none',
  '0', '1', '-1', '+1', '007', '0644', '0o7', '0o17', '0x1f', '0b11', '1_000', '1e3', '1E3', '1e+3', '1.', '.5', '-.5', '1.5', '1.2.3', '1.10',
  '.inf', '-.inf', '.nan', '.NaN', 'Infinity', 'NaN', '1:30', '190:20:30', '-1:30', '1:30.5', '2024-01-01', '2024-01-01T00:00:00Z', '12:00',
  '500m', '1Gi', '1.5Gi', '50%', '30s', '5m', '1h', '100k', '10d', '1e3Mi', '0x1Gi', '10.0.0.0/8', '1E', '08', '09:00', '123abc', 'e0', 'E10', 'e+5', 'e-1', '-e0', '-E-1', '_1', 'a1',
  '-', '- a', '-a', '--a', '---', '--- a', '...', '-1a', '-.a', '?', '? a', '?a', ':', ': a', ':a', 'a:', 'a: b', 'a:b', 'a :b', '::', 'a::', 'a: ',
  '#', '#a', 'a#', 'a #', 'a # b', 'a#b', ' #', '&a', '*a', '!a', '!!str a', '|', '>', '|-', '@a', '`a`', '%a', '%YAML 1.2', '"a"', "'a'", "a'b", 'a"b',
  '[', ']', '{', '}', '[a]', '{a}', '{{ .Values.a }}', 'a, b', ',', 'a[0]', '=', '<<', '<', '>=1', '^/v1/(.*)$', '$(POD_IP)', '~/.ssh', '.', '..', './a', '/a',
  '\\', 'a\\nb', '\0', '\x07', '\x1b[0m', '\x7f', '\u00a0', '\u00ad', '\u200b', '\u202e', '\ufeff', '\uffff', '\ud800', 'a\udc00', '😀', 'ä', '…', '日本', '\ue000',
  '__proto__', 'constructor', 'toString', 'a'.repeat(300), `${'word '.repeat(60)}end`, 'http://a/b?c=d&e=f#g', 'a,b', 'Kind/name', 'x-y: z', `it's: "x"`,
];

/** What is left of a value in JSON, which is all that a manifest holds: no negative zero, no undefined. */
const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe.each(VERSIONS)('read as YAML %s', (version) => {
  const read = (text: string): unknown => parse(text, { version, merge: false });

  test.each(ODD)('keeps %j as text', (text) => {
    expect(read(yaml(text))).toBe(text);
    expect(read(yaml({ a: { b: [text, [text], { c: text, d: 1 }], e: text }, f: text }))).toEqual({
      a: { b: [text, [text], { c: text, d: 1 }], e: text },
      f: text,
    });
  });

  test.each(ODD.filter((text) => text.length < 200))('keeps %j as a key', (text) => {
    const value = Object.fromEntries([[text, { [text]: [{ [text]: text }] }]]);

    expect(read(yaml(value))).toEqual(value);
  });

  test('keeps any JSON value', () => {
    const odd = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constantFrom(...ODD), fc.stringMatching(/^[-+.:_ \dexo]{1,8}$/));
    const text = fc.oneof(
      odd,
      fc.array(odd).map((lines) => lines.join('\n')),
    );
    const values = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'medium' },
        text,
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.maxSafeInteger(),
        fc.boolean(),
        fc.constant(null),
        tie('list'),
        tie('map'),
      ),
      list: fc.array(tie('value'), { maxLength: 4 }),
      map: fc.dictionary(odd, tie('value'), { maxKeys: 4 }),
    })).value;

    fc.assert(
      fc.property(values, (value) => expect(read(yaml(value))).toEqual(json(value))),
      { numRuns: 2000 },
    );
  });
});

test('writes block style with two spaces, in the order given', () => {
  const value = {
    kind: 'ConfigMap',
    a: { list: ['x', 1, true, null, { b: 1, c: [] }, ['z', {}]], empty: {}, text: 'two\nlines\n', left: undefined },
  };

  expect(yaml(value)).toBe(`kind: ConfigMap
a:
  list:
    - x
    - 1
    - true
    - null
    - b: 1
      c: []
    - - z
      - {}
  empty: {}
  text: |
    two
    lines
`);
});

test('leaves names, images, paths, options and quantities plain', () => {
  for (const text of [
    'llm-service',
    'vllm/vllm-openai:v0.11.0',
    '--max-model-len=8192',
    '-c',
    '/v1/models',
    '500m',
    '1.5Gi',
    'a, b',
    '$(POD_IP):8000',
  ]) {
    expect(yaml(text)).toBe(`${text}\n`);
  }
});

test('escapes what a reviewer could not see', () => {
  expect(yaml('a\u202eb')).toBe('"a\\u202eb"\n');
  expect(yaml('é')).toBe('"é"\n');
});

test('writes huge and tiny numbers so that YAML 1.1 takes them for numbers', () => {
  expect([1e21, 1.5e300, 1e-7, -0, 0.1].map(yaml)).toEqual(['1.0e+21\n', '1.5e+300\n', '1.0e-7\n', '0\n', '0.1\n']);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, () => 0, Symbol.iterator])('refuses %p', (value) => {
  expect(() => yaml({ value })).toThrow(
    /^Cannot write ".*" as YAML as it is a (number|function|symbol): use text, numbers, lists and maps$/,
  );
});
