import { checkTarget } from './check-target';
import { sampleTarget } from './testing/sample-target';

test('finds nothing in a target that is right', () => {
  expect(checkTarget(sampleTarget())).toEqual([]);
});
