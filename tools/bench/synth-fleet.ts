import { appendFileSync, rmSync } from 'node:fs';

import { targets } from '../../lib/environments';
import type { SynthesizedTarget } from '../../lib/kubernetes/synthesized';
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
const real = { targets, files: releaseFiles('releases') };
const fleet = Number(regions) === 0 ? real : madeUpFleet(real, Number(regions));

let stringifyMs = 0;
if (objectsFile !== undefined) rmSync(objectsFile, { force: true });

process.exitCode = synth([], folder, () => {
  const plan = planOf(fleet.targets, fleet.files);
  const check = (target: SynthesizedTarget) => {
    const start = performance.now();
    for (const { manifests } of target.apps) for (const manifest of manifests) JSON.stringify(manifest);
    stringifyMs += performance.now() - start;
    if (objectsFile !== undefined) appendFileSync(objectsFile, `${JSON.stringify(target)}\n`);
    return plan.check(target);
  };
  return { ...plan, check };
});
console.log(JSON.stringify({ stringifyMs }));
