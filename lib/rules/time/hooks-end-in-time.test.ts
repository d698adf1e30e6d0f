import { problems } from '../testing/problems';
import type { Draft } from '../testing/sample-target';

const RULE = 'hooks-end-in-time';
const hook = (fields: Draft, command?: Draft) =>
  problems(RULE, ({ get }) => {
    const [first] = get('Canary/model').spec.analysis.webhooks;
    Object.assign(first, fields);
    Object.assign(first.metadata, command);
  });

test('accepts a blocking request that ends, and load that outlasts a check', () => {
  expect([
    ...hook({ timeout: '90s' }, { type: 'bash', cmd: 'curl -sSf --max-time 60 http://model-canary.llm/v1/models' }),
    ...hook({}, { cmd: 'hey -z 2m http://model-canary.llm/v1/models' }),
  ]).toEqual([]);
});

test('fails for a request that outlasts its hook', () => {
  expect([
    ...hook({ timeout: '60s' }, { type: 'bash', cmd: 'curl --max-time 60 http://model-canary.llm/' }),
    ...hook({ timeout: '60s' }, { type: 'bash', cmd: 'curl http://model-canary.llm/' }),
    ...hook({}, { type: 'bash' }),
  ]).toEqual([
    'Canary/model: /spec/analysis/webhooks/0/timeout is 60s, not more than the 60 s that curl may take',
    'Canary/model: /spec/analysis/webhooks/0/metadata/cmd lacks --max-time: curl would wait longer than Flagger does',
    'Canary/model: /spec/analysis/webhooks/0/timeout is 10s, but the command runs for 180 s: run it in the background (type cmd)',
  ]);
});

test('fails for load that ends before the next check', () => {
  expect(hook({}, { cmd: 'hey -z 90s http://model-canary.llm/' })).toEqual([
    'Canary/model: /spec/analysis/webhooks/0/metadata/cmd sends load for 90 s, less than two intervals of 60 s: the next check may find no requests',
  ]);
});

test('fails for hooks that take longer than there is between two checks', () => {
  expect(hook({ type: 'rollout', timeout: '25s', retries: 1 })).toEqual([
    'Canary/model: /spec/analysis/webhooks may take 60 s at each check, but the checks are 1m apart',
  ]);
});

test('fails for load that the load tester cuts off', () => {
  expect(
    problems(RULE, ({ get }) => {
      get('Canary/model').spec.analysis.webhooks[0].url = 'http://web.app/';
      get('Deployment/web').spec.template.spec.containers[0].command = ['./loadtester', '-timeout=2m'];
    }),
  ).toEqual(['Canary/model: /spec/analysis/webhooks/0/metadata/cmd runs for 180 s, but the load tester stops it after 120']);
});

test('fails for answers that are longer than the load test waits for', () => {
  const asking = (tokens: number, cmd = 'hey -z 3m -t 60 -D /payload/load.json http://model-canary.llm/v1/completions') =>
    problems(RULE, ({ get }) => {
      const { analysis } = get('Canary/model').spec;
      analysis.metrics.push({ name: 'inter-token-latency-p95-seconds', thresholdRange: { max: 0.1 } });
      Object.assign(analysis.webhooks[0], { url: 'http://web.app/', metadata: { type: 'cmd', cmd } });
      get('ConfigMap/web-config').data = { 'load.json': JSON.stringify({ max_tokens: tokens }) };
    });

  expect(asking(500)).toEqual([]);
  expect(asking(4000, 'hey -z 3m -t 0 -D /payload/load.json http://model-canary.llm/v1/completions')).toEqual([]);
  expect(asking(4000)).toEqual([
    'Canary/model: /spec/analysis/webhooks/0/metadata/cmd waits 60 s for an answer, and the 4000 tokens that load.json asks for may take 400 s: every one would be cut off',
  ]);
});
