import { homedir } from 'node:os';
import { join } from 'node:path';

import { environments } from '../../lib/environments';
import { pinCommand } from './pin-command';

const dockerFolder = process.env['DOCKER_CONFIG'] ?? join(homedir(), '.docker');

/** `npm run pin`: fills in what the release files leave unresolved. */
void pinCommand(process.argv.slice(2), {
  root: process.cwd(),
  environments: Object.fromEntries(environments.map(({ name, targets }) => [name, targets.map(({ region }) => region.name)])),
  dockerConfig: join(dockerFolder, 'config.json'),
  hub: 'https://huggingface.co',
  patience: { answerMs: 15_000, waitMs: 30_000 },
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
}).then((code) => {
  process.exitCode = code;
});
