import { problems } from '../testing/problems';
import type { Draft } from '../testing/sample-target';

/** Made up, and put together here, so that no scanner takes this file for a leak. */
const RANDOM = ['q8Zt', 'P3xK', 'v7Rm', 'W2nB', 'y5Ld'].join('');

const config = (value: unknown, name = 'settings') =>
  problems('no-secret-values', ({ get }) => {
    get('ConfigMap/web-config').data[name] = value;
  }).map((text) => text.replace('ConfigMap/web-config: ', ''));
const container = (change: (container: Draft) => void) =>
  problems('no-secret-values', ({ get }) => change(get('Deployment/web').spec.template.spec.containers[0]));

test.each([
  ['a private key', `-----BEGIN RSA ${'PRIVATE'} KEY-----\n`],
  ['a JSON Web Token', `Authorization: ${['ey', 'JhbGciOiJub25lIn0', '.ey', 'JzdWIiOiIxIn0x', '.sig'].join('')}`],
  ['an API key of a model provider', `use sk${'-'}${RANDOM}`],
  ['a Hugging Face token', `h${'f_'}${RANDOM}`],
  ['an AWS access key', `AK${'IA'}${'A1'.repeat(8)}`],
  ['a token of a code host', `gh${'p_'}${RANDOM}${RANDOM}`],
  ['a chat webhook or token', `https://hooks.slack.com/services/T0/B0/${RANDOM}`],
  ['a URL with credentials', 'postgresql://llm:changeme@database-rw:5432/llm'],
  ['a URL with credentials', 'redis://:changeme@redis:6379'],
  ['an Authorization header', 'curl -H "Authorization: Bearer changeme-changeme-1"'],
  ['a random token', `license ${RANDOM}`],
  ['a random token', '0123456789abcdef'.repeat(2)],
  ['a value for "password"', 'user: llm\npassword: changeme\n'],
  ['a value for "master_key"', '{"general_settings":{"master_key":"changeme"}}'],
  ['a value for "api-key"', 'server --api-key=changeme'],
  ['a value for "DB_PASSWORD"', 'export DB_PASSWORD="changeme"'],
])('fails for %s in a text', (found, text) => {
  expect(config(text)).toEqual([`/data/settings holds ${found}`]);
});

test('fails for a variable and for arguments of a container', () => {
  expect(
    container((web) => {
      web.env.push({ name: 'WEBUI_SECRET_KEY', value: 'changeme' });
      web.args = ['--password', 'changeme', '--token=changeme'];
    }),
  ).toEqual([
    'Deployment/web: /spec/template/spec/containers/0/env/1/value holds a value for "WEBUI_SECRET_KEY"',
    'Deployment/web: /spec/template/spec/containers/0/args/1 holds a value for "password"',
    'Deployment/web: /spec/template/spec/containers/0/args/2 holds a value for "token"',
  ]);
});

test('fails for fields of custom resources and for annotations', () => {
  expect(
    problems('no-secret-values', ({ get }) => {
      get('KongPlugin/limits').config = { redis: { password: 12345 } };
      get('Service/web').metadata.annotations = { 'example.com/token': 'changeme' };
    }),
  ).toEqual([
    'Service/web: /metadata/annotations/example.com~1token holds a value for "example.com/token"',
    'KongPlugin/limits: /config/redis/password holds a value for "password"',
  ]);
});

test.each([
  ['a reference of LiteLLM', '{"master_key":"os.environ/LITELLM_MASTER_KEY","api_key":""}'],
  ['a template of External Secrets', 'postgresql://{{ .username }}:{{ .password }}@database-rw:5432/llm'],
  ['a template without spaces', 'postgresql://{{.username}}:{{.password}}@database-rw:5432/llm'],
  ['variables', 'redis://:$(REDIS_PASSWORD)@redis:6379'],
  [
    'a shell script',
    'TOKEN=$(cat /run/token)\nPASSWORD="$DB_PASSWORD"\nSECRET=$1\ncurl -H "Authorization: Bearer $TOKEN" https://example.com',
  ],
  ['vocabulary of a model', 'eos_token: "</s>"\nmax_tokens: 512\ninput_cost_per_token: 2e-7\npad_token=[PAD]'],
  ['a commit', 'revision: 0123456789abcdef0123456789abcdef01234567'],
  ['a checksum', `sha256:${'0123456789abcdef'.repeat(4)}`],
  ['a list of checksums', `${'0123456789abcdef'.repeat(4)}  model.safetensors\n`],
  ['an image', `ghcr.io/example/web:1.2.3@sha256:${'0123456789abcdef'.repeat(4)}`],
  ['a long name', 'kubernetes.io/PersistentVolumeClaimSpecInVolumes2FromTemplate16'],
  ['a sentence', 'The token: where it comes from, and why no password is written here.'],
  ['PromQL', 'sum by (model_name) (rate(vllm:request_success_total{finished_reason=~"error|abort"}[5m]))'],
])('accepts %s', (_, text) => {
  expect(config(text)).toEqual([]);
});

test('accepts variables of a program under the names of credentials, but no literal', () => {
  expect(config('client = Client(api_key=key, password=os.environ["PASSWORD"])', 'main.py')).toEqual([]);
  expect(config('client = Client(api_key="changeme")', 'main.py')).toHaveLength(1);
});

test('accepts the names of Secrets that are delivered', () => {
  expect(
    problems('no-secret-values', ({ add }) =>
      add({
        apiVersion: 'configuration.konghq.com/v1',
        kind: 'KongConsumer',
        metadata: { name: 'web', namespace: 'app' },
        credentials: ['web-keys'],
      }),
    ),
  ).toEqual([]);
});

/** Microseconds of work: unlike the clock, they do not count what other programs do meanwhile. */
const work = (): number => process.cpuUsage().user;

// A text takes about 0.1 s; one read anew from each of its characters takes 20 thousand million steps, far more than 3 s.
test.each(['a', 'a1', '0f', 'a:', '://a', '{"a":', 'eyJa.', ' -', 'key=', 'key="', '--'])('reads "%s" over and over in one go', (piece) => {
  const start = work();
  config(piece.repeat(200_000 / piece.length));

  expect(work() - start).toBeLessThan(3_000_000);
});

test('takes the kind of a credential that Kong asks for as its name, and nothing else', () => {
  const labelled = (value: string) =>
    problems('no-secret-values', ({ get }) => {
      get('Service/web').metadata.labels = { 'konghq.com/credential': value };
    });

  expect(labelled('jwt')).toEqual([]);
  expect(labelled('changeme')).toEqual(['Service/web: /metadata/labels/konghq.com~1credential holds a value for "konghq.com/credential"']);
});
