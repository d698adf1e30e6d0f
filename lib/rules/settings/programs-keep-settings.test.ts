import { problems } from '../testing/problems';
import type { Draft } from '../testing/sample-target';

const RULE = 'programs-keep-settings';
const AT = 'Deployment/web: /spec/template/spec/containers/0/env';
const running = (image: string, env: Draft[], command?: string[]) =>
  problems(RULE, ({ get }) => Object.assign(get('Deployment/web').spec.template.spec.containers[0], { image, env, command }));

const VLLM = 'docker.io/vllm/vllm-openai:v0.24.0';
const SERVE = ['vllm', 'serve', '--config=/config/config.yaml'];
const told = [
  { name: 'VLLM_API_KEY', valueFrom: { secretKeyRef: { name: 'keys', key: 'api-key' } } },
  { name: 'HF_HUB_OFFLINE', value: '1' },
  { name: 'VLLM_NO_USAGE_STATS', value: '1' },
];
const without = (name: string) => told.filter((each) => each.name !== name);

test('accepts a program that is told all it needs, and programs that it does not know', () => {
  expect(running(VLLM, told, SERVE)).toEqual([]);
  expect(running('ghcr.io/codelab/gateway:1.0.0', [])).toEqual([]);
});

test('accepts an image that does something else', () => {
  expect(running(VLLM, [], ['/bin/sh', '/scripts/fetch-model.sh'])).toEqual([]);
  expect(running('docker.io/library/redis:7.4.11-alpine', [{ name: 'REDISCLI_AUTH', value: '' }], ['redis-cli', 'ping'])).toEqual([]);
});

describe('what changes a schema', () => {
  const URL = { name: 'DATABASE_URL', value: '' };
  const migrating = (...env: readonly Draft[]) =>
    running('ghcr.io/berriai/litellm-non_root:v1.102.0', [URL, ...env], ['--skip_server_startup']);

  test('may do so', () => {
    expect(migrating()).toEqual([]);
    expect(migrating({ name: 'DISABLE_SCHEMA_UPDATE', value: 'false' })).toEqual([]);
  });

  test('fails if it may not, or knows no database', () => {
    expect(migrating({ name: 'DISABLE_SCHEMA_UPDATE', value: 'true' })).toEqual([
      expect.stringContaining('/env/1/value is "true": it ends well and has changed nothing'),
    ]);
    expect(running('exxkiregistry.azurecr.io/open-webui-backend-kiva:v0.10.2', [], ['sh', '-c', 'exec alembic upgrade head'])).toEqual([
      expect.stringContaining('/env lacks DATABASE_URL: it changes the schema of a file that goes with its pod'),
    ]);
  });
});

test.each<[string, Draft[], string]>([
  ['no key', without('VLLM_API_KEY'), ' lacks VLLM_API_KEY: the engine answers whoever reaches it'],
  [
    'another value',
    [...without('HF_HUB_OFFLINE'), { name: 'HF_HUB_OFFLINE', value: '0' }],
    '/2/value is "0": it looks for its model on the hub, not in the verified folder (HF_HUB_OFFLINE)',
  ],
])('fails for an engine with %s', (_, env, message) => {
  expect(running(VLLM, env, SERVE)).toEqual([`${AT}${message}`]);
});

test.each<[string, Draft[], string[]]>([
  ['a variable', [...told, { name: 'VLLM_LOGGING_LEVEL', value: 'DEBUG' }], SERVE],
  ['an argument', told, [...SERVE, '--enable-log-requests']],
  ['a level', told, [...SERVE, '--uvicorn-log-level=trace']],
])('fails for an engine that is asked for details by %s', (_, env, command) => {
  expect(running(VLLM, env, command)).toEqual([expect.stringContaining(': it writes prompts and keys to its log')]);
});

test('accepts a program that logs little, and details of a program that sees no prompts', () => {
  expect(running(VLLM, [...told, { name: 'VLLM_LOGGING_LEVEL', value: 'WARNING' }], [...SERVE, '--uvicorn-log-level=info'])).toEqual([]);
  expect(running('ghcr.io/codelab/gateway:1.0.0', [{ name: 'LOG_LEVEL', value: 'debug' }], ['serve', '--debug'])).toEqual([]);
});

test.each([
  ['ghcr.io/berriai/litellm-non_root:v1.102.0', ['--config=/etc/litellm/config.yaml'], 'LITELLM_MASTER_KEY', 4],
  ['exxkiregistry.azurecr.io/open-webui-backend-kiva:v0.10.2', undefined, 'WEBUI_SECRET_KEY', 5],
  ['docker.io/oliver006/redis_exporter:v1.80.0', undefined, 'REDIS_PASSWORD', 1],
  ['docker.io/library/redis:7.4.11-alpine', ['sh', '/etc/redis/start-redis.sh'], 'REDISCLI_AUTH', 1],
  ['docker.io/ollama/ollama:0.33.1', undefined, 'OLLAMA_NOPRUNE', 1],
])('knows what %s must be told', (image, command, name, count) => {
  const found = running(image, [], command);

  expect(found).toHaveLength(count);
  expect(found[0]).toContain(`lacks ${name}: `);
});
