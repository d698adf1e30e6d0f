import {
  type ApplicationSetSpecStrategy,
  ApplicationSetSpecStrategyRollingSyncStepsMaxUpdate as MaxUpdate,
} from '../../imports/argoproj.io';
import { RING_LABEL } from './application';

/**
 * One step per ring, first ring first. A step begins when everything of the one before is synced and healthy; an
 * Application that no step selects would never be synced, which is why the steps are made of the rings that are there.
 */
export function rollingSync(rings: Iterable<number>): ApplicationSetSpecStrategy {
  const steps = [...new Set(rings)].sort((one, other) => one - other);
  return {
    type: 'RollingSync',
    rollingSync: {
      steps: steps.map((ring) => ({
        matchExpressions: [{ key: RING_LABEL, operator: 'In', values: [`${ring}`] }],
        // One canary at a time, even where a ring holds several regions: a person can watch one.
        maxUpdate: MaxUpdate.fromNumber(1),
      })),
    },
  };
}
