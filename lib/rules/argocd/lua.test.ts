import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { luaFault } from './lua';

test.each(['canary-health.lua', 'claim-health.lua'])('finds nothing in %s', (file) => {
  expect(luaFault(readFileSync(join(__dirname, '../../gitops', file), 'utf8'))).toBeUndefined();
});

test('takes words in texts and comments for what they are', () => {
  expect(
    luaFault('-- if the end\nlocal a = "then (" --[[ do\n( ]]\nfor i = 1, 2 do repeat a = [[ end ]] until a end\nreturn a'),
  ).toBeUndefined();
});

test.each([
  ['if a then return 1\nreturn 2', 'never closes its "if"'],
  ['if a then return 1 end end\nreturn 2', 'has a "end" too many'],
  ['if a return 1 end\nreturn 2', 'has an "if" without its "then"'],
  ['local a = 1 then\nreturn a', 'has a "then" without its "if"'],
  ['return f(a', 'never closes its "("'],
  ['repeat a() end\nreturn a', 'has "end" where "repeat" is still open'],
  ['if a then return 1 end', 'returns nothing at its end'],
])('says what is wrong with %j', (script, message) => {
  expect(luaFault(script)).toBe(message);
});
