import { problems } from '../testing/problems';
import type { Drafts } from '../testing/sample-target';

/** Makes `web` of the sample the load tester. */
const tester = (change: (drafts: Drafts) => void = () => {}) =>
  problems('hooks-find-tester', (drafts) => {
    const { get } = drafts;
    const [hook] = get('Canary/model').spec.analysis.webhooks;
    Object.assign(hook, { url: 'http://web.app/' });
    hook.metadata.cmd = 'curl -d @/etc/web/config.json http://model-canary.llm/v1/completions';
    get('Deployment/web').spec.template.spec.containers[0].command = ['./loadtester', '-namespace-regexp=^llm$'];
    change(drafts);
  });

test('accepts a payload of the mounted ConfigMap', () => {
  expect(tester()).toEqual([]);
});

test('fails for a payload that is not there', () => {
  expect(
    tester(({ get }) => {
      get('Canary/model').spec.analysis.webhooks[0].metadata.cmd = 'hey -D /etc/web/load.json http://model-canary.llm/v1/completions';
    }),
  ).toEqual(['Canary/model: /spec/analysis/webhooks/0/metadata/cmd sends /etc/web/load.json, which no ConfigMap puts into web']);
});

test('fails for a tester of other namespaces', () => {
  expect(
    tester(({ get }) => {
      get('Deployment/web').spec.template.spec.containers[0].command = ['./loadtester', '-namespace-regexp=^chat$'];
    }),
  ).toEqual(['Canary/model: /spec/analysis/webhooks/0/url asks web, which runs commands of namespaces ^chat$ alone']);
});
