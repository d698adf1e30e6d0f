import { problems } from '../testing/problems';
import type { Drafts } from '../testing/sample-target';

const RULE = 'plugins-take-effect';
const shared = (metadata: object) =>
  problems(RULE, ({ add }) =>
    add({
      apiVersion: 'configuration.konghq.com/v1',
      kind: 'KongClusterPlugin',
      metadata: { name: 'metrics', ...metadata },
      plugin: 'prometheus',
    }),
  );
const FIELD = 'KongClusterPlugin/metrics: /metadata/annotations/kubernetes.io~1ingress.class';

test('accepts a plugin for everybody of a class that there is', () => {
  expect(shared({ labels: { global: 'true' }, annotations: { 'kubernetes.io/ingress.class': 'kong' } })).toEqual([]);
});

test('fails for a plugin for everybody that no gateway reads', () => {
  expect(shared({ labels: { global: 'true' } })).toEqual([`${FIELD} is missing, not the class of a gateway (there: kong)`]);
  expect(shared({ labels: { global: 'true' }, annotations: { 'kubernetes.io/ingress.class': 'kong-2' } })).toEqual([
    `${FIELD} is "kong-2", not the class of a gateway (there: kong)`,
  ]);
  expect(shared({})).toEqual(['KongClusterPlugin/metrics: /metadata/name is the name of a plugin that no object attaches']);
});

test('fails for a plugin that nothing names, or that Kong does not have', () => {
  const unattached = ({ get }: Drafts) => {
    get('HTTPRoute/web').spec.rules[0].filters = [];
  };
  const unknown = ({ get }: Drafts) => {
    get('KongPlugin/limits').plugin = 'rate-limit';
  };

  expect(problems(RULE, unattached)).toEqual(['KongPlugin/limits: /metadata/name is the name of a plugin that no object attaches']);
  expect(problems(RULE, unknown)).toEqual(['KongPlugin/limits: /plugin is "rate-limit", a plugin that Kong does not have']);
});
