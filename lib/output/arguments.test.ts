import fc from 'fast-check';

import { readArguments } from './arguments';

test('reads any arguments, or names the first that it does not know on one line', () => {
  const argument = fc.oneof(
    fc.constantFrom('--check', '--require-digests', '--help', '', '--check=1', '-h', '\u001b[2J', '__proto__'),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(argument, { maxLength: 4 }), (args) => {
      const known = args.every((arg) => ['--check', '--require-digests', '--help'].includes(arg));
      const read = readArguments(args);

      if (known) expect(read).toMatchObject({ purpose: args.includes('--check') ? 'compare' : 'write', help: args.includes('--help') });
      else expect(read).toMatch(/^Cannot understand "\P{C}*" as an option: use --check, --require-digests, --help$/u);
    }),
  );
});
