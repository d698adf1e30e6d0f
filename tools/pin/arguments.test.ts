import fc from 'fast-check';

import { selectionOf } from './arguments';

const known = { environments: ['dev', 'prod'], images: ['vllm', 'redis'] };

test('reads any arguments, or names what it does not know on one line', () => {
  const argument = fc.oneof(
    fc.constantFrom(
      'dev',
      'prod',
      '--image',
      'vllm',
      '--check',
      '--image=vllm',
      '--image=',
      '--',
      '-',
      '--no-check',
      '__proto__',
      '../x',
      '\u001b[2J',
    ),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(argument, { maxLength: 5 }), (args) => {
      const read = selectionOf(args, known);

      if (typeof read === 'string')
        expect(read).toMatch(/^help$|^Cannot (?:understand|pin (?:environment|image)) "\P{C}*" as [^\n]+: [^\n]+$|\?$/u);
      else expect([...read.environments, ...read.images].filter((name) => !['dev', 'prod', 'vllm', 'redis'].includes(name))).toEqual([]);
    }),
  );
});
