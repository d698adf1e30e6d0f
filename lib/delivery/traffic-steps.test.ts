import { trafficSteps } from './traffic-steps';

test.each([
  [1, 6, [2, 4, 6, 8, 10, 12, 14]],
  [1, 4, [3, 6, 9, 12, 15, 18, 20]],
  [1, 1, [7, 14, 21, 28, 35, 42, 49, 50]],
  [1, 199, [1]],
])('ends %i canary pod beside %i at its share of the pods', (canary, primary, steps) => {
  expect(trafficSteps(canary, primary)).toEqual(steps);
});
