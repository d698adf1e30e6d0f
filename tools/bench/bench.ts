import { mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { quote } from '../../lib/messages/quote';
import { measure, median, type Run } from './measure';
import { aims, phases, shareOfRules, wholes } from './tables';

/** Runs of each command on the real targets, taken in turns, so that a busy moment of the machine hits all of them. */
const ROUNDS = 7;

const REGIONS = 100;

const root = join(__dirname, '../..');
const scratch = join(root, '.slipway', 'bench');
const plain = join(scratch, 'plain');
const objects = { real: join(scratch, 'real.jsonl'), fleet: join(scratch, 'fleet.jsonl') };

/** Without the CLI's look for a newer version, so that no network is measured. */
const plainSynth = (objectsFile: string): Run => measure('npx cdk8s synth', plain, { OBJECTS: objectsFile, CDK8S_CHECK_UPGRADE: 'false' });
const fleetOf = (regions: number, objects = ''): string =>
  `node tools/run.cjs tools/bench/synth-fleet.ts ${join(scratch, `fleet-${regions}`)} ${regions} ${objects}`;

const [argument] = process.argv.slice(2);
if (argument !== undefined) {
  console.error(`Cannot understand ${quote(argument)} as an option as the benchmark has none: run "npm run bench"`);
  process.exit(2);
}
console.error('preparing …');
rmSync(scratch, { recursive: true, force: true });
mkdirSync(plain, { recursive: true });
preparePlain();
for (let time = 0; time < 3; time += 1) measure('npm run -s synth', root);
const realWritten = measure(fleetOf(0, objects.real), root);
measure(fleetOf(0), root);
const fleetWritten = measure(fleetOf(REGIONS, objects.fleet), root);
measure(fleetOf(REGIONS), root);

const runs: Record<'plain' | 'npm' | 'npx' | 'same' | 'pins' | 'npxPins' | 'code' | 'real' | 'fleet', Run[]> = {
  plain: [],
  npm: [],
  npx: [],
  same: [],
  pins: [],
  npxPins: [],
  code: [],
  real: [],
  fleet: [],
};
for (let round = 1; round <= ROUNDS; round += 1) {
  console.error(`round ${round} of ${ROUNDS}`);
  runs.plain.push(plainSynth(objects.real));
  runs.npm.push(measure('npm run synth', root));
  runs.npx.push(measure('npx cdk8s synth', root));
  runs.real.push(measure(fleetOf(0), root));
  runs.fleet.push(measure(fleetOf(REGIONS), root));
  runs.same.push(afterTouching('releases/prod.yaml'));
  runs.pins.push(judgingAll(() => afterTouching('releases/prod.yaml')));
  runs.npxPins.push(judgingAll(() => afterTouching('releases/prod.yaml', 'npx cdk8s synth')));
  runs.code.push(judgingAll(() => afterTouching('main.ts')));
  measure('npm run -s synth', root);
}

const plainFleet = plainSynth(objects.fleet);
const fleet = median(runs.fleet);
const real = median(runs.real);
console.log(aims({ plain: median(runs.plain), npm: median(runs.npm), npx: median(runs.npx), real, fleet }));
console.log(
  shareOfRules({ '`npx cdk8s synth`': median(runs.npxPins), '`npm run synth`': median(runs.pins), 'the process of the synth alone': real }),
);
console.log(
  wholes({
    'nothing was touched': median(runs.npm),
    'a release file was touched, and no target differs': median(runs.same),
    'a release file was touched, and every target is judged': median(runs.pins),
    'a source was touched, so that it is bundled again': median(runs.code),
  }),
);
console.log(
  phases(
    {
      'real targets, nothing changed': real,
      'real targets, all written': realWritten,
      [`${REGIONS} regions, nothing changed`]: fleet,
      [`${REGIONS} regions, all written`]: fleetWritten,
    },
    plainFleet,
  ),
);

/** A synth that finds a file with another time, though with the same content. */
function afterTouching(file: string, command = 'npm run synth'): Run {
  utimesSync(join(root, file), new Date(), new Date());
  return measure(command, root);
}

/** A synth that does not know of any target that it was right the last time. */
function judgingAll(work: () => Run): Run {
  rmSync(join(root, '.slipway', 'sound-targets.json'), { force: true });
  return work();
}

/** A project without Slipway's `.npmrc`, as `cdk8s init` leaves it, but with tsx for ts-node, which TypeScript 7 has no compiler for. */
function preparePlain(): void {
  writeFileSync(join(plain, 'package.json'), '{ "private": true }\n');
  writeFileSync(join(plain, 'cdk8s.yaml'), `language: typescript\napp: npx tsx ${join(__dirname, 'plain-cdk8s.ts')}\n`);
  symlinkSync(join(root, 'node_modules'), join(plain, 'node_modules'));
}
