import { problems } from '../testing/problems';
import type { Drafts } from '../testing/sample-target';

const RULE = 'variables-resolve';
const AT = 'Deployment/web: /spec/template/spec/containers/0';
const container = ({ get }: Drafts) => get('Deployment/web').spec.template.spec.containers[0];
const running = (fields: object) => problems(RULE, (drafts) => Object.assign(container(drafts), fields));
const reading = (file: string, text: string) =>
  problems(RULE, (drafts) => {
    drafts.get('ConfigMap/web-config').data = { [file]: text };
    container(drafts).command = ['sh', `/etc/web/${file}`];
  });

test('accepts variables that are set', () => {
  expect(running({ args: ['--key=$(API_KEY)'] })).toEqual([]);
  expect(reading('run.sh', `set -eu\nDIR=/tmp\ncurl -H "key: $API_KEY" "$DIR/\${NAME:-x}" $1 "$HOSTNAME" # $NO\n`)).toEqual([]);
  expect(reading('config.yaml', 'key: os.environ/API_KEY\n')).toEqual([]);
});

test('accepts whatever a Secret as a whole may bring', () => {
  expect(running({ args: ['$(ANYTHING)'], envFrom: [{ secretRef: { name: 'web-keys' } }] })).toEqual([]);
});

test('fails for an argument with a variable that is not set', () => {
  expect(running({ args: ['--key=$(KEY)'] })).toEqual([
    `${AT}/args/0 uses $(KEY), which the container does not set, or only further down (there: API_KEY)`,
  ]);
});

test('fails for a variable that uses a later one', () => {
  const env = [
    { name: 'URL', value: 'http://$(HOST)' },
    { name: 'HOST', value: 'web' },
  ];

  expect(running({ env })).toEqual([
    `${AT}/env/0/value uses $(HOST), which the container does not set, or only further down (there: HOST, URL)`,
  ]);
});

test('fails for a script with a variable that is not set', () => {
  expect(reading('run.sh', `exec server "$MAX_MEMORY" \${OTHER}\n`)).toEqual([
    'ConfigMap/web-config: /data/run.sh uses MAX_MEMORY, which container web of Deployment/web does not set (there: API_KEY)',
    'ConfigMap/web-config: /data/run.sh uses OTHER, which container web of Deployment/web does not set (there: API_KEY)',
  ]);
});

test('fails for a configuration file with a variable that is not set', () => {
  expect(reading('config.yaml', 'key: os.environ/KEY\n')).toEqual([
    'ConfigMap/web-config: /data/config.yaml uses KEY, which container web of Deployment/web does not set (there: API_KEY)',
  ]);
});

test.each([
  ['a collector', `password: \${env:KEY}\n`, `password: \${env:API_KEY}\nhost: \${env:HOST:-localhost}\n`],
  ['a collector of logs', 'node_from_env_var: KEY\n', 'node_from_env_var: API_KEY\n'],
  ['Grafana', 'password: $__env{KEY}\n', 'password: $__env{API_KEY}\n'],
])('fails for a file of %s with a variable that is not set', (_, wrong, right) => {
  expect(reading('config.yaml', right)).toEqual([]);
  expect(reading('config.yaml', wrong)).toEqual([
    'ConfigMap/web-config: /data/config.yaml uses KEY, which container web of Deployment/web does not set (there: API_KEY)',
  ]);
});

test('asks only those for variables of a file who have it mounted', () => {
  const beside = problems(RULE, (drafts) => {
    drafts.get('ConfigMap/web-config').data = { 'config.yaml': `key: \${env:API_KEY}\n` };
    drafts.get('Deployment/web').spec.template.spec.containers.push({ name: 'exporter', image: 'ghcr.io/someone/exporter:1' });
  });

  expect(beside).toEqual([]);
});

test('fails for a webhook with a variable that the load tester does not set', () => {
  const change = ({ get }: Drafts) => {
    const [hook] = get('Canary/model').spec.analysis.webhooks;
    hook.url = 'http://web.app/';
    hook.metadata.cmd = 'hey -H "key: $API_KEY $TOKEN" http://model-canary.llm:8000/';
  };

  expect(problems(RULE, change)).toEqual([
    'Canary/model: /spec/analysis/webhooks/0/metadata/cmd uses $TOKEN, which Deployment/web does not set (there: API_KEY)',
  ]);
});
