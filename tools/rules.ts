import { targets } from '../lib/environments';
import { rulesCommand } from '../lib/rules/rules-command';
import { levelsOf } from './known-fields';
import { Fleet } from './mutate/fleet';

const streams = {
  out: (text: string) => void process.stdout.write(`${text}\n`),
  err: (text: string) => void process.stderr.write(`${text}\n`),
};

process.exitCode = rulesCommand(process.argv.slice(2), process.cwd(), streams, {
  factsOf: (environment, region) => {
    const target = targets.find((each) => each.environment === environment && each.region.name === region);
    return target && { region: target.region };
  },
  levelsOf,
  meant: () => {
    try {
      const fleet = new Fleet(process.cwd());
      return { targets: fleet.targets, folders: fleet.delivery };
    } catch (error) {
      // What is wrong with the code or with the pins is for synth to say.
      streams.err(`Cannot compare regions as the code cannot be synthesized: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  },
});
