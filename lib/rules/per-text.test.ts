import { perText } from './per-text';

test('reads a text once', () => {
  const read = jest.fn((text: string) => text.length);
  const length = perText(read);

  expect([length('four'), length('four'), length('seventeen')]).toEqual([4, 4, 9]);
  expect(read.mock.calls).toEqual([['four'], ['seventeen']]);
});

test('forgets what it has read when it is too much, and reads it again', () => {
  const read = jest.fn((text: string) => text.length);
  const length = perText(read);
  const long = 'x'.repeat(1_500_000);
  length(long);
  length(`${long}y`);

  expect(length(long)).toBe(1_500_000);
  expect(read).toHaveBeenCalledTimes(3);
});
