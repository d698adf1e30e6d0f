import { fleetProblems } from '../testing/fleet-problems';
import type { Draft } from '../testing/sample-target';

const SWITCH = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'argocd-cmd-params-cm', namespace: 'argocd' },
  data: { 'applicationsetcontroller.enable.progressive.syncs': 'true' },
};
const step = (values: string[], more: object = {}) => ({
  matchExpressions: [{ key: 'slipway.dev/ring', operator: 'In', values, ...more }],
  maxUpdate: 1,
});

/** The rolling sync of two regions in two rings. */
const rolling = (change: (spec: Draft, settings: Draft) => void = () => {}) =>
  fleetProblems('rolling-sync-complete', ({ get, add }) => {
    const { spec } = get('ApplicationSet/inference-prod');
    const settings = structuredClone(SWITCH);
    spec.generators[0].list.elements[1].ring = '2';
    spec.strategy = { type: 'RollingSync', rollingSync: { steps: [step(['1']), step(['2'])] } };
    change(spec, settings);
    add(settings);
  });
const AT = 'ApplicationSet/inference-prod: /spec/strategy/rollingSync/steps';

test('accepts one step for each ring', () => {
  expect(rolling()).toEqual([]);
});

test('fails for an Application: the step does nothing in no step and a step without Application: the step does nothings', () => {
  expect(
    rolling(({ strategy }) => {
      strategy.rollingSync.steps[1] = step(['9']);
    }),
  ).toEqual([
    `${AT}/1/matchExpressions select no Application: the step does nothing`,
    'ApplicationSet/inference-prod: /spec/generators/0/list/elements/1 yields llm-prod-eu-west-1, which is in no step',
  ]);
});

test('fails for an Application: the step does nothing in two steps', () => {
  expect(rolling(({ strategy }) => void strategy.rollingSync.steps.push(step(['2'])))).toEqual([
    'ApplicationSet/inference-prod: /spec/generators/0/list/elements/1 yields llm-prod-eu-west-1, which is in 2 steps',
  ]);
});

test('fails for no steps, unknown operators, labels that are not there, and nothing to update', () => {
  expect(
    rolling(({ strategy }) => {
      strategy.rollingSync.steps = [];
    })[0],
  ).toBe(`${AT} is empty`);
  expect(
    rolling(({ strategy }) => {
      strategy.rollingSync.steps[0] = step(['1'], { operator: 'Exists' });
    }),
  ).toContain(`${AT}/0/matchExpressions/0/operator is "Exists", neither In nor NotIn`);
  expect(
    rolling(({ strategy }) => {
      strategy.rollingSync.steps[0] = step(['1'], { key: 'ring' });
    }),
  ).toContain(`${AT}/0/matchExpressions/0/key is "ring", which is no label of the template (there: slipway.dev/ring)`);
  expect(
    rolling(({ strategy }) => {
      strategy.rollingSync.steps[0].maxUpdate = '0%';
    }),
  ).toEqual([`${AT}/0/maxUpdate is "0%": nothing would be synced`]);
});

test('fails for a controller that was not told, and for a policy that prunes nothing', () => {
  expect(
    rolling((_, settings) => {
      settings.data = {};
    }),
  ).toEqual([
    'ApplicationSet/inference-prod: /spec/strategy is ignored unless ConfigMap/argocd-cmd-params-cm has "applicationsetcontroller.enable.progressive.syncs": "true"',
  ]);
  expect(
    rolling(({ template }) => {
      template.spec.syncPolicy.automated.prune = false;
    }),
  ).toEqual(['ApplicationSet/inference-prod: /spec/template/spec/syncPolicy/automated/prune is not true: steps would prune nothing']);
});

test('fails for a strategy that Argo CD does not know', () => {
  expect(
    rolling((spec) => {
      spec.strategy = { type: 'Rolling' };
    }),
  ).toEqual(['ApplicationSet/inference-prod: /spec/strategy/type is "Rolling", which Argo CD takes for AllAtOnce']);
  expect(
    rolling((spec) => {
      spec.strategy = { type: 'AllAtOnce' };
    }),
  ).toEqual([]);
});
