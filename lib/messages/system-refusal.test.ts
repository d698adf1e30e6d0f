import { readdirSync, readFileSync, statSync } from 'node:fs';

import { quote } from './quote';
import { systemRefusal } from './system-refusal';

const thrown = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

test.each([
  [
    'a file that does not exist',
    () => readFileSync('/no/such'),
    'Cannot use "/no/such" as nothing of that name exists: correct the name, or create it',
  ],
  [
    'a file in the place of a folder',
    () => statSync(`${__filename}/x`),
    /^Cannot use ".*" as a part of it is a file, not a folder: correct the name$/,
  ],
  ['a folder in the place of a file', () => readFileSync(__dirname), /as it is a folder: move it away, or name a file in it$/],
  ['a name that is too long', () => readdirSync(`/${'x'.repeat(300)}`), /^Cannot use "\/x{79}…" as its name is too long: shorten it$/],
  ['a zero byte', () => statSync('a\0b'), /^Cannot use ".*" as no name may hold a zero byte: correct the name$/],
])('words what the operating system says about %s', (_, work, message) => {
  expect(systemRefusal(thrown(work))).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
});

test.each([new TypeError('x is undefined'), 'text', {}])('says nothing about %p', (error) => {
  expect(systemRefusal(error)).toBeUndefined();
});

test('shows what nobody sees', () => {
  expect(quote('a\u001b[31m\u202e\nb')).toBe('"a\\u{1b}[31m\\u{202e}\\u{a}b"');
});
