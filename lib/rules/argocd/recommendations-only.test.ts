import { fleetProblems } from '../testing/fleet-problems';
import type { Draft } from '../testing/sample-target';

const AT = 'Application/vertical-pod-autoscaler-prod-us-west-2: /spec/source/helm/valuesObject';
const off = { enabled: false };

/** A cluster with the addon, and in it somebody who is watched. */
const installed = (values: Draft, updateMode = 'Initial', chart = 'vertical-pod-autoscaler') =>
  fleetProblems('recommendations-only', ({ get, add, app }) => {
    const addon = structuredClone(get('Application/flagger-prod-us-west-2'));
    addon.metadata.name = 'vertical-pod-autoscaler-prod-us-west-2';
    addon.spec.source = { ...addon.spec.source, chart, helm: { valuesObject: values } };
    add(addon);
    app('llm').push({
      ...{ apiVersion: 'autoscaling.k8s.io/v1', kind: 'VerticalPodAutoscaler', metadata: { name: 'model-vpa', namespace: 'llm' } },
      spec: { targetRef: { kind: 'Deployment', name: 'model-primary' }, updatePolicy: { updateMode } },
    });
  });

test('accepts an addon that recommends and has nothing that acts', () => {
  expect(installed({ updater: off, admissionController: off })).toEqual([]);
});

test.each(['vertical-pod-autoscaler', 'vpa'])('fails for parts of chart %s that act, also by default', (chart) => {
  expect(installed({ updater: { enabled: true } }, 'Initial', chart)).toEqual([
    `${AT}/updater/enabled is not false: it evicts pods to resize them, those of VerticalPodAutoscaler/model-vpa in llm too`,
    `${AT}/admissionController/enabled is not false: it changes what new pods request, those of VerticalPodAutoscaler/model-vpa in llm too`,
  ]);
});

test('accepts parts that act where every mode is Off', () => {
  expect(installed({}, 'Off')).toEqual([]);
});

test('fails where nothing recommends', () => {
  expect(installed({ updater: off, admissionController: off, recommender: off })).toEqual([
    `${AT}/recommender/enabled is false: nobody tells prod-us-west-2 how large pods should be`,
  ]);
});
