import { durationSeconds } from '../durations';
import { isRecord } from '../fields';
import type { Rule } from '../rule';

/** Flagger checks no more often, seconds. */
const SHORTEST_INTERVAL = 10;

/** How long a version that fails every check may keep its traffic, seconds. */
const LONGEST_PATIENCE = 3600;

export const analysisDecides: Rule = {
  id: 'analysis-decides',
  title: 'An analysis checks at an interval that Flagger can read, and forgives one failed check but not all.',
  why: 'Flagger replaces an interval that it cannot read by one minute; with a threshold of 1, its default, one missed scrape rolls a sound version back.',
  fix: 'Write the interval as minutes or seconds, a threshold of at least 2, and ready thresholds from 1 to 100.',
  *check(target) {
    for (const { canary: object } of target.releases) {
      if (!isRecord(object.spec?.analysis)) continue; // canary-is-analysed tells
      const { analysis } = object.spec;
      const { interval, threshold = 1, primaryReadyThreshold = 100, canaryReadyThreshold = 100 } = analysis;
      if (typeof interval !== 'string' || !/^\d+[ms]$/.test(interval) || durationSeconds(interval) < SHORTEST_INTERVAL) {
        const message = `is ${JSON.stringify(interval) ?? 'missing'}, not whole minutes ("1m") or at least ten seconds ("30s")`;
        yield { object, field: '/spec/analysis/interval', message };
      }
      if (!(threshold >= 2)) {
        const message = `is ${JSON.stringify(threshold)}${analysis.threshold === undefined ? ' by default' : ''}: one failed check would roll back`;
        yield { object, field: '/spec/analysis/threshold', message };
      }
      const patience = threshold * (/^\d+[ms]$/.test(String(interval)) ? durationSeconds(interval) : 0);
      if (patience > LONGEST_PATIENCE) {
        const message = `is ${threshold}: a version that fails every check keeps its traffic for ${Math.round(patience / 60)} minutes`;
        yield { object, field: '/spec/analysis/threshold', message };
      }
      for (const [name, share] of Object.entries({ primaryReadyThreshold, canaryReadyThreshold })) {
        if (share >= 1 && share <= 100) continue;
        yield { object, field: `/spec/analysis/${name}`, message: `is ${JSON.stringify(share)}, not a percentage from 1 to 100` };
      }
    }
  },
};
