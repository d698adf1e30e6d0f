import { problems } from '../testing/problems';
import type { Draft } from '../testing/sample-target';

const webhooks = (change: (webhooks: Draft[]) => void) =>
  problems('analysis-sends-load', ({ get }) => change(get('Canary/model').spec.analysis.webhooks));
const command = (cmd: string) => webhooks(([, load]) => void Object.assign(load.metadata, { cmd }));

test('accepts completions sent to the canary, by its short name too', () => {
  expect([
    ...webhooks(() => {}),
    ...command('hey -m POST -D /payload http://model-canary.llm:8000/v1/completions'),
    ...command("curl -d '{}' http://model-canary.llm.svc/v1/completions"),
  ]).toEqual([]);
});

test('fails without load before the first step or at each check', () => {
  expect(webhooks((all) => void all.splice(0))).toEqual([
    'Canary/model: /spec/analysis/webhooks has no pre-rollout hook that sends requests before the first step',
    'Canary/model: /spec/analysis/webhooks has no rollout hook that sends requests at each check',
  ]);
});

test('fails when no completion must succeed before traffic moves', () => {
  expect(webhooks((all) => void all.pop())).toEqual([
    'Canary/model: /spec/analysis/webhooks has no pre-rollout hook of type bash: Flagger waits only for those, and no completion would have to succeed before traffic moves',
  ]);
});

test('fails for load on the primary, or around the cluster', () => {
  expect([
    ...command('hey -m POST -D /payload http://model.llm/v1/completions'),
    ...command('hey -m POST -D /payload https://api.example.com/v1/completions'),
  ]).toEqual([
    'Canary/model: /spec/analysis/webhooks/1/metadata/cmd sends requests to "model.llm", not to model-canary.llm: the pods under test would see none of them',
    'Canary/model: /spec/analysis/webhooks/1/metadata/cmd sends requests to "api.example.com", not to model-canary.llm: the pods under test would see few or none of them',
  ]);
});

test('lets the gate of the load tester order a rollback, and nobody else', () => {
  const abort = (url: string) => webhooks((all) => void all.push({ name: 'abort', type: 'rollback', url }));

  expect([...abort('http://flagger-loadtester.llm/rollback/check'), ...abort('http://chat.example.com/hook')]).toEqual([
    'Canary/model: /spec/analysis/webhooks/3/url is "http://chat.example.com/hook", whose answer orders a rollback: ask /rollback/check of the load tester, which a person opens',
  ]);
});

test('fails for completions asked with GET', () => {
  expect(command('hey -z 1m http://model-canary.llm/v1/completions')).toEqual([
    'Canary/model: /spec/analysis/webhooks/1/metadata/cmd asks for completions with GET, which every engine refuses: POST a payload',
  ]);
});

test('fails for a smoke test that nothing can fail', () => {
  const smoke = (cmd: string) => webhooks(([, , hook]) => void Object.assign(hook.metadata, { cmd }));

  expect([
    ...smoke("curl -sf -d '{}' http://model-canary.llm/v1/completions || true"),
    ...smoke("curl -s -d '{}' http://model-canary.llm/v1/completions"),
    ...smoke("curl -s -d '{}' http://model-canary.llm/v1/completions | jq -e .choices"),
  ]).toEqual([
    'Canary/model: /spec/analysis/webhooks/2/metadata/cmd succeeds whatever the answer is: leave out what comes after the check',
    'Canary/model: /spec/analysis/webhooks/2/metadata/cmd succeeds with any answer: let curl fail (-f) or look into the body (jq -e)',
  ]);
});

test('fails for load without the key that the engine wants, or that the load tester does not run', () => {
  expect(
    problems('analysis-sends-load', ({ get }) => {
      get('Deployment/model').spec.template.spec.containers[0].env = [{ name: 'VLLM_API_KEY', value: 'a' }];
      const [warmUp, load, smoke] = get('Canary/model').spec.analysis.webhooks;
      for (const { metadata } of [warmUp, smoke]) metadata.cmd += ' -H "authorization: Bearer $KEY"';
      load.metadata.type = 'command';
    }),
  ).toEqual([
    'Canary/model: /spec/analysis/webhooks/1/metadata/type is "command", which the load tester does not run: bash waits for the command, cmd starts it',
    'Canary/model: /spec/analysis/webhooks/1/metadata/cmd sends no key, but the engine asks for one (VLLM_API_KEY): the load test would measure refusals',
  ]);
});

test('fails for a hook that Flagger cannot call', () => {
  expect(
    webhooks((all) => {
      Object.assign(all[0], { type: 'pre-roll-out', url: 'loadtester', timeout: '90', name: all[1].name });
      all.push({ ...all[1], name: 'more', type: 'pre-rollout' });
    }),
  ).toEqual([
    'Canary/model: /spec/analysis/webhooks/0/type is "pre-roll-out", which Flagger never calls',
    'Canary/model: /spec/analysis/webhooks/0/url is "loadtester", not a URL',
    'Canary/model: /spec/analysis/webhooks/0/timeout is "90", not a duration such as "10s"',
    'Canary/model: /spec/analysis/webhooks/1/name is "load", which another webhook of the Canary is called already',
  ]);
});
