import type { Release } from '../canary';
import { isRecord, record } from '../fields';
import type { Rule } from '../rule';
import { bounds, scalerOf } from './scaler-of';

type Fault = readonly [field: string, message: string];

export const trafficStepsFit: Rule = {
  id: 'traffic-steps-fit',
  title: 'The traffic rises step by step, to no more than what the pods of the canary are of all pods.',
  why: 'Flagger takes the weights as they are: in a wrong order it jumps to 100 %, and a share beyond what the canary pods can serve overloads a sound version until its checks fail.',
  fix: 'Take the steps from trafficSteps() of lib/delivery/traffic-steps.ts, which derives them from the replicas of canary and primary.',
  *check(target) {
    for (const release of target.releases) {
      if (!isRecord(record(release.canary.spec).analysis)) continue; // canary-is-analysed tells
      const { minReplicas } = record(record(release.canary.spec).autoscalerRef?.primaryScalerReplicas);
      const scaler = scalerOf(release, target);
      const trial = scaler === undefined ? 1 : bounds(scaler).min;
      for (const [field, message] of [...forms(release), ...steps(release, trial, minReplicas)])
        yield { object: release.canary, field, message };
    }
  },
};

function* forms({ canary }: Release): Iterable<Fault> {
  const analysis = record(canary.spec?.analysis);
  const given = ['iterations', 'stepWeight', 'stepWeights'].filter((form) => analysis[form] !== undefined);
  if (given.length > 1) yield [`/spec/analysis/${given[1]}`, `stands beside ${given[0]}: an analysis has one of them`];
  if (analysis.match !== undefined && analysis.iterations === undefined) {
    yield ['/spec/analysis/match', 'stands beside weights: only requests that match would reach the canary, whatever its share'];
  }
  if (given.length === 0) yield ['/spec/analysis', 'has no iterations, stepWeight or stepWeights'];
}

function* steps({ canary, provider }: Release, trial: number, primary: unknown): Iterable<Fault> {
  const { iterations, match, stepWeight, maxWeight = 100, stepWeights } = record(canary.spec?.analysis);
  const share = typeof primary === 'number' ? Math.max(1, Math.floor((100 * trial) / (trial + primary))) : 100;
  const most = (field: string, weight: number): Fault[] =>
    weight <= share
      ? []
      : [
          [
            field,
            `reaches ${weight} %, but ${count(trial, 'canary pod')} beside ${count(Number(primary), 'primary pod')} can take ${share} %`,
          ],
        ];

  if (Array.isArray(stepWeights)) {
    for (const [i, weight] of stepWeights.entries()) {
      const field = `/spec/analysis/stepWeights/${i}`;
      if (!Number.isInteger(weight) || weight < 1 || weight > 100)
        yield [field, `is ${JSON.stringify(weight)}, not a whole percentage from 1 to 100`];
      else if (weight <= stepWeights[i - 1]) yield [field, `is ${weight}, not more than the ${stepWeights[i - 1]} before it`];
    }
    if (stepWeights.length === 0) yield ['/spec/analysis/stepWeights', 'is empty'];
    yield* most('/spec/analysis/stepWeights', Math.max(0, ...stepWeights.map(Number)));
  } else if (stepWeight !== undefined) {
    if (!(stepWeight >= 1) || stepWeight > maxWeight)
      yield ['/spec/analysis/stepWeight', `is ${stepWeight}, not between 1 and maxWeight (${maxWeight})`];
    else if (maxWeight % stepWeight !== 0)
      yield ['/spec/analysis/maxWeight', `is ${maxWeight}, no multiple of ${stepWeight}: the last step would pass it`];
    yield* most('/spec/analysis/maxWeight', maxWeight);
  } else if (iterations !== undefined) {
    if (!(iterations >= 1)) yield ['/spec/analysis/iterations', `is ${JSON.stringify(iterations)}: at least one check must pass`];
    if (provider.startsWith('gatewayapi') && match === undefined && typeof primary === 'number' && trial < primary) {
      const message = `moves all traffic at once, which ${count(trial, 'canary pod')} would get in place of ${count(primary, 'primary pod')}`;
      yield ['/spec/analysis/iterations', message];
    }
  }
}

const count = (number: number, of: string): string => `${number} ${of}${number === 1 ? '' : 's'}`;
