/** How many steps an analysis takes to the canary's full share: enough intervals to notice what a few requests would not show. */
const STEPS = 7;

/**
 * The shares of the traffic that a canary takes one after the other, percent.
 *
 * The last one is what its pods are of all pods: a larger share would overload them and fail a sound version.
 *
 * @param canaryPods canary pods at the beginning of the analysis
 * @param primaryPods fewest pods of the primary
 */
export function trafficSteps(canaryPods: number, primaryPods: number): readonly number[] {
  const share = Math.max(1, Math.floor((100 * canaryPods) / (canaryPods + primaryPods))); // Flagger knows whole percents from 1
  const step = Math.max(1, Math.round(share / STEPS));
  const steps: number[] = [];
  for (let weight = step; weight < share; weight += step) steps.push(weight);
  return [...steps, share];
}
