import { engineBudgets } from './engine-budgets';

test('allows a start for loading and for a cold compiler, with a margin', () => {
  // 36.6 GB at 300 MiB/s take 116 s, a cold engine 390 s; half as much again, in whole probes.
  expect(engineBudgets(36.6e9, 300, 600).startupSeconds).toBe(760);
});

test('never allows a start less than five minutes', () => {
  expect(engineBudgets(1, 10_000, 600).startupSeconds).toBeGreaterThanOrEqual(300);
});

test('gives a rollout the time of everything that may come before a pod answers', () => {
  const { fetchSeconds, startupSeconds, progressSeconds } = engineBudgets(36.6e9, 300, 600);

  expect(progressSeconds).toBeGreaterThanOrEqual(600 + fetchSeconds + startupSeconds);
});

test('kills a pod only after the longest answer, the proxies and a margin', () => {
  expect(engineBudgets(1e9, 100, 600)).toMatchObject({ drainSeconds: 600, graceSeconds: 630 });
});
