import { mutateCommand } from './command';

process.exitCode = mutateCommand(process.argv.slice(2), process.cwd(), {
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
});
