import { modelPath } from '../testing/model-path';
import { problems } from '../testing/problems';
import type { Drafts } from '../testing/sample-target';

const path = (change: (drafts: Drafts) => void = () => {}) =>
  problems('answers-are-streamed', (drafts) => {
    modelPath(drafts);
    drafts.get('HTTPRoute/web').metadata.annotations['konghq.com/response-buffering'] = 'false';
    change(drafts);
  });

test('accepts routes that pass tokens on as they come, and others that stream nothing', () => {
  expect([...path(), ...problems('answers-are-streamed')]).toEqual([]);
});

test('fails for routes that collect them, in front of LiteLLM and behind it', () => {
  expect(
    path(({ get }) => {
      delete get('HTTPRoute/web').metadata.annotations['konghq.com/response-buffering'];
      get('Canary/model').spec.service.apex.annotations['konghq.com/response-buffering'] = 'true';
    }),
  ).toEqual([
    'Canary/model: /spec/service/apex/annotations/konghq.com~1response-buffering is "true", not "false"',
    'HTTPRoute/web: /metadata/annotations/konghq.com~1response-buffering is missing, not "false"',
  ]);
});
