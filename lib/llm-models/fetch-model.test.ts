import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Containers run Linux; elsewhere the tools that the scripts call are others. */
const onLinux = process.platform === 'linux' ? test : test.skip;

/** The scripts run as the Job runs them, with stand-ins for the hub's and the bucket's clients. */
let models: string;
let clients: string;

beforeEach(() => {
  models = mkdtempSync(join(tmpdir(), 'models-'));
  clients = mkdtempSync(join(tmpdir(), 'clients-'));
});

afterEach(() => {
  for (const folder of [models, clients]) rmSync(folder, { recursive: true });
});

function client(name: string, script: string): void {
  writeFileSync(join(clients, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(clients, name), 0o755);
}

function run(script: string, env: Record<string, string>): { code: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync('/bin/sh', [join(__dirname, script)], {
    encoding: 'utf8',
    env: {
      PATH: `${clients}:${process.env['PATH']}`,
      MODELS: models,
      MODEL_FOLDER: 'llama/abc',
      MODEL_MARK: '',
      MODEL_REPOSITORY: 'o/m',
      MODEL_REVISION: '',
      ...env,
    },
  });
  return { code: status, output: stdout + stderr };
}

/** The hub's client leaves two files and its own notes in the folder that it is given. */
const HUB =
  'while [ "$1" != --local-dir ]; do shift; done\nmkdir -p "$2/.cache" && echo weights > "$2/model.safetensors" && echo "{}" > "$2/config.json"';

/** The pinned checksum of the hub's two files: that of their sorted `sha256sum` lines. */
function checksum(): string {
  const sum = (text: string) => createHash('sha256').update(text).digest('hex');
  return `sha256:${sum(`${sum('{}\n')}  ./config.json\n${sum('weights\n')}  ./model.safetensors\n`)}`;
}

onLinux('brings a revision under its final name only with the checksum that is pinned', () => {
  client('hf', HUB);

  expect(run('fetch-model.sh', { MODEL_MARK: checksum() })).toMatchObject({ code: 0 });
  expect(readFileSync(join(models, 'llama/abc/.verified'), 'utf8')).toBe(checksum());
  expect(existsSync(join(models, 'llama/abc/.cache'))).toBe(false);
});

onLinux('fails, and leaves nothing to serve, if the files have another checksum', () => {
  client('hf', HUB);

  const { code, output } = run('fetch-model.sh', { MODEL_MARK: 'sha256:other' });

  expect(code).toBe(1);
  expect(output).toContain(`has checksum ${checksum()}, and sha256:other is pinned`);
  expect(existsSync(join(models, 'llama'))).toBe(false);
  expect(existsSync(join(models, '.incoming/llama/abc'))).toBe(false);
});

onLinux('records the checksum it found where none is pinned', () => {
  client('hf', HUB);

  expect(run('fetch-model.sh', {}).code).toBe(0);
  expect(readFileSync(join(models, 'llama/abc/.verified'), 'utf8')).toBe(checksum());
});

onLinux('fetches nothing that is there and verified', () => {
  client('hf', HUB);
  run('fetch-model.sh', {});
  client('hf', 'exit 1');

  expect(run('fetch-model.sh', { MODEL_MARK: checksum() })).toMatchObject({ code: 0, output: 'llama/abc is there and verified\n' });
});

onLinux('asks the hub for the pinned revision', () => {
  client('hf', `echo "$@" > "${clients}/asked"\n${HUB}`);

  run('fetch-model.sh', { MODEL_REVISION: 'a'.repeat(40) });

  expect(readFileSync(join(clients, 'asked'), 'utf8')).toContain(`download o/m --revision ${'a'.repeat(40)} --local-dir`);
});

onLinux('fails if neither a bucket nor the hub has the model', () => {
  expect(run('fetch-model.sh', { MODEL_REPOSITORY: '' })).toMatchObject({
    code: 1,
    output: 'llama/abc is neither in the bucket nor on the hub\n',
  });
});

onLinux('copies what a bucket has, and leaves an unreadable bucket to the hub', () => {
  const bucket = { MODEL_BUCKET: 'llm-models', MODEL_PREFIX: 'models/llama/abc' };
  client('aws', 'cp /dev/null "$5/config.json"; echo "$4" > "$5/from"');
  expect(run('mirror-model.sh', bucket).code).toBe(0);
  expect(readFileSync(join(models, '.incoming/llama/abc/from'), 'utf8')).toBe('s3://llm-models/models/llama/abc\n');

  client('aws', 'exit 1');
  expect(run('mirror-model.sh', bucket)).toMatchObject({ code: 0, output: 'the bucket llm-models could not be read\n' });
});

onLinux('a server waits for exactly the revision that it was told to serve', () => {
  mkdirSync(join(models, 'llama/abc'), { recursive: true });
  writeFileSync(join(models, 'llama/abc/.verified'), 'good');
  client('sleep', 'kill $PPID');
  const wait = '../llm/wait-for-model.sh';

  expect(run(wait, { MODEL_MARK: 'good' })).toMatchObject({ code: 0, output: '' });
  expect(run(wait, { MODEL_MARK: '' })).toMatchObject({ code: 0, output: '' });
  expect(run(wait, { MODEL_MARK: 'other' })).toMatchObject({ code: null, output: 'waiting for llama/abc\n' });
});
