import { targets } from '../lib/environments';
import { rulesCommand } from '../lib/rules/rules-command';

const streams = {
  out: (text: string) => void process.stdout.write(`${text}\n`),
  err: (text: string) => void process.stderr.write(`${text}\n`),
};

process.exitCode = rulesCommand(process.argv.slice(2), process.cwd(), streams, (environment, region) => {
  const target = targets.find((each) => each.environment === environment && each.region.name === region);
  return target && { region: target.region };
});
