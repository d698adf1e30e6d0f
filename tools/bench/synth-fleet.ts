import { appendFileSync, rmSync } from 'node:fs';

import { targets } from '../../lib/environments';
import type { SynthesizedApp } from '../../lib/kubernetes/synthesized';
import { quote } from '../../lib/messages/quote';
import { synth } from '../../lib/output/command-line';
import { planOf } from '../../lib/plan';
import { releaseFiles } from '../../lib/releases/releases';
import { madeUpFleet } from './fleet';

/**
 * Synthesizes the real targets or a made-up fleet into a folder of its own:
 * `node tools/run.cjs tools/bench/synth-fleet.ts <folder> <number of regions, 0 for the real targets> [<file for the objects>]`.
 *
 * Tells, besides the timing of the synth itself, how long `JSON.stringify` takes for the same objects.
 */
const [folder = '', regions = '0', objectsFile] = process.argv.slice(2);
if (folder === '' || !/^\d{1,4}$/.test(regions)) {
  console.error(
    `Cannot synthesize ${quote(regions)} regions into ${quote(folder)} as that takes a folder and a number up to 9999: name both`,
  );
  process.exit(2);
}
const real = { targets, files: releaseFiles('releases') };
const fleet = Number(regions) === 0 ? real : madeUpFleet(real, Number(regions));

let stringifyMs = 0;
if (objectsFile !== undefined) rmSync(objectsFile, { force: true });

/** Takes note of the objects of one `App`, and lets them pass. */
function noted(environment: string, region: string, apps: readonly SynthesizedApp[]): void {
  const start = process.uptime();
  for (const { manifests } of apps) for (const manifest of manifests) JSON.stringify(manifest);
  stringifyMs += (process.uptime() - start) * 1000;
  if (objectsFile !== undefined) appendFileSync(objectsFile, `${JSON.stringify({ environment, region, apps })}\n`);
}

process.exitCode = synth([], folder, () => {
  const plan = planOf(fleet.targets, fleet.files);
  return {
    ...plan,
    // Where no phase is being timed.
    summarize: (target, synthesized) => {
      noted(synthesized.environment, synthesized.region, synthesized.apps);
      return plan.summarize(target, synthesized);
    },
    *deliver(summaries) {
      for (const app of plan.deliver(summaries)) {
        noted('argocd', app.name, [app]);
        yield app;
      }
    },
  };
});
console.log(JSON.stringify({ stringifyMs }));
