import type { AppProjectSpecSyncWindows } from '../../imports/argoproj.io';
import type { Freeze } from './delivery-settings';
import { freezeMistake } from './freeze';

/**
 * A time in which a project syncs nothing by itself: neither a commit nor the healing of drift. What has begun before it
 * is finished, and people may sync by hand.
 *
 * @throws {RangeError} if Argo CD could not read the freeze, or it never ends
 */
export function syncWindow(freeze: Freeze): AppProjectSpecSyncWindows {
  const mistake = freezeMistake(freeze);
  if (mistake !== undefined) throw new RangeError(`Cannot freeze deployments as ${mistake}`);
  const { schedule, duration, description } = freeze;
  return { kind: 'deny', schedule, duration, timeZone: 'UTC', applications: ['*'], manualSync: true, syncOverrun: true, description };
}
