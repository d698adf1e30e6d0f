import { problems } from '../testing/problems';

const priority = (fields: object) => problems('priorities-are-chosen', ({ get }) => Object.assign(get('PriorityClass/serving'), fields));

test('accepts a priority that workloads name', () => {
  expect(priority({ value: 1000, globalDefault: false, preemptionPolicy: 'Never' })).toEqual([]);
});

test.each([
  [{ value: 2_000_000_000 }, '/value is 2000000000, not a whole number up to 1000000000'],
  [{ value: undefined }, '/value is missing, not a whole number up to 1000000000'],
  [{ globalDefault: true }, '/globalDefault is true: pods that name no priority get this one'],
  [{ preemptionPolicy: 'Always' }, '/preemptionPolicy is "Always", not one of PreemptLowerPriority, Never'],
])('fails for %j', (fields, message) => {
  expect(priority(fields)).toEqual([`PriorityClass/serving: ${message}`]);
});
