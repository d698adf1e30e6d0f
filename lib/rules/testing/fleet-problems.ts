import { findFleetProblems } from '../check-fleet';
import { TODAY, textsOf } from './problems';
import { type FleetDrafts, sampleFleet } from './sample-fleet';

/** What one rule finds in the sample of a fleet after a change: `AppProject/apps-prod: /spec/destinations/0/server is …`. */
export function fleetProblems(ruleId: string, change?: (drafts: FleetDrafts) => void): readonly string[] {
  return textsOf(ruleId, findFleetProblems(sampleFleet(change), TODAY));
}
