import { problems } from '../testing/problems';

const analysis = (fields: object) => problems('analysis-decides', ({ get }) => Object.assign(get('Canary/model').spec.analysis, fields));

test('accepts seconds and minutes', () => {
  expect([...analysis({ interval: '30s' }), ...analysis({ interval: '2m' })]).toEqual([]);
});

test.each([undefined, '1h', '90', '9s', '1m30s', ' 1m', 60])('fails for an interval of %j', (interval) => {
  expect(analysis({ interval })).toEqual([
    `Canary/model: /spec/analysis/interval is ${JSON.stringify(interval) ?? 'missing'}, not whole minutes ("1m") or at least ten seconds ("30s")`,
  ]);
});

test('fails for a threshold that one check passes', () => {
  expect([...analysis({ threshold: undefined }), ...analysis({ threshold: 1 })]).toEqual([
    'Canary/model: /spec/analysis/threshold is 1 by default: one failed check would roll back',
    'Canary/model: /spec/analysis/threshold is 1: one failed check would roll back',
  ]);
});

test('fails for a threshold that lets a broken version go on', () => {
  expect(analysis({ threshold: 500 })).toEqual([
    'Canary/model: /spec/analysis/threshold is 500: a version that fails every check keeps its traffic for 500 minutes',
  ]);
});

test('fails for shares of ready pods that are none', () => {
  expect(analysis({ primaryReadyThreshold: 0, canaryReadyThreshold: 101 })).toEqual([
    'Canary/model: /spec/analysis/primaryReadyThreshold is 0, not a percentage from 1 to 100',
    'Canary/model: /spec/analysis/canaryReadyThreshold is 101, not a percentage from 1 to 100',
  ]);
});
