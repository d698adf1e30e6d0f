import { there } from './there';

test('lists up to five names in the order of the alphabet', () => {
  expect(there(['b', 'a'])).toBe(' (there: a, b)');
  expect(there([])).toBe(' (there is none)');
});

test('counts what a long list leaves out, and begins it with the name that is most like the one that was looked for', () => {
  const names = ['alpha', 'beta', 'delta', 'gamma', 'omega', 'sigma', 'zeta'];

  expect(there(names)).toBe(' (there: alpha, beta, delta, gamma, omega, and 2 more)');
  expect(there(names, 'zetta')).toBe(' (there: zeta, alpha, beta, delta, gamma, and 2 more)');
  expect(there(names, 'nothing of this kind')).toBe(there(names));
});
