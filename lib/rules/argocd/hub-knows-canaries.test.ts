import { fleetProblems } from '../testing/fleet-problems';
import type { Draft } from '../testing/sample-target';

const settings = (change: (data: Draft) => void) =>
  fleetProblems('hub-knows-canaries', ({ get }) => change(get('ConfigMap/argocd-cm').data));
const HEALTH = 'resource.customizations.health.flagger.app_Canary';

test('fails for tracking by label', () => {
  expect(
    settings((data) => {
      data['application.resourceTrackingMethod'] = 'label';
    }),
  ).toEqual(['ConfigMap/argocd-cm: /data/application.resourceTrackingMethod is "label", not "annotation"']);
});

test('fails without a health script that knows the marker', () => {
  expect(settings((data) => void delete data[HEALTH])).toEqual([`ConfigMap/argocd-cm: /data/${HEALTH} is not written`]);
  expect(
    settings((data) => {
      data[HEALTH] = 'return {}';
    }),
  ).toEqual([`ConfigMap/argocd-cm: /data/${HEALTH} does not compare trackedConfigs with the marker of the revision`]);
});

test('fails without any settings', () => {
  expect(fleetProblems('hub-knows-canaries', ({ remove }) => remove('ConfigMap/argocd-cm'))).toEqual([
    expect.stringContaining('delivers Canaries, but there is no ConfigMap/argocd-cm'),
  ]);
});

test('fails for a script that takes a failed release for a healthy one', () => {
  const answering = (failed: string, succeeded = 'if phase == "Succeeded" then health.status = "Healthy" end') =>
    settings((data) => {
      data[HEALTH] =
        `local health = {}\n-- trackedConfigs\nif phase == "Failed" then health.status = "${failed}" end\n${succeeded}\nreturn health`;
    });

  expect(answering('Degraded')).toEqual([]);
  expect(answering('Healthy')).toEqual([`ConfigMap/argocd-cm: /data/${HEALTH} answers Healthy, not Degraded for a Canary that has failed`]);
  expect(answering('Degraded', '')).toEqual([
    `ConfigMap/argocd-cm: /data/${HEALTH} does not answer Healthy for a Canary that has succeeded`,
  ]);
});
