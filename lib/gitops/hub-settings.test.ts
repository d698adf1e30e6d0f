import { parse } from 'yaml';

import { find, synth } from '../testing/manifests';
import { defineHubSettings } from './hub-settings';

const manifests = synth((chart) => defineHubSettings(chart, []));
const { data, metadata } = find(manifests, 'ConfigMap', 'argocd-cm');

test('tracks objects by annotation: Flagger copies labels', () => {
  expect(data['application.resourceTrackingMethod']).toBe('annotation');
});

test('judges a canary by its marker, which Flagger notes when it has seen the revision', () => {
  const script = data['resource.customizations.health.flagger.app_Canary'];

  expect(script).toContain('annotations["slipway.dev/marker-configmap"]');
  expect(script).toContain('annotations["slipway.dev/marker-checksum"]');
});

test('does not let a sync wave wait for a claim that waits for its pod', () => {
  expect(data['resource.customizations.health.PersistentVolumeClaim']).toContain('status = "Healthy"');
});

test('ignores what controllers write into what they installed: certificates, and that a webhook of Istio is ready', () => {
  const key = 'resource.customizations.ignoreDifferences.admissionregistration.k8s.io_ValidatingWebhookConfiguration';

  expect(parse(data[key])).toEqual({
    jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle', '.webhooks[]? | select(.name | endswith(".istio.io")) | .failurePolicy'],
  });
});

test('ignores the rules that Kubernetes fills into roles that collect those of others', () => {
  expect(parse(data['resource.compareoptions'])).toEqual({ ignoreAggregatedRoles: true });
});

test('gives up a sync whose waves never end, later than the slowest Job does, so that a repair is synced', () => {
  const { data: parameters } = find(manifests, 'ConfigMap', 'argocd-cmd-params-cm');

  expect(parameters).toEqual({ 'controller.sync.timeout.seconds': '5400' });
});

test('adds to the settings of the installation and never takes them away', () => {
  expect(metadata.annotations).toMatchObject({ 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' });
});

test('announces deployments, failed syncs and degraded apps, with a token that is not in Git', () => {
  const { data: notifications } = find(manifests, 'ConfigMap', 'argocd-notifications-cm');
  const triggers = Object.keys(notifications).filter((key) => key.startsWith('trigger.'));

  expect(triggers).toEqual(['trigger.on-deployed', 'trigger.on-health-degraded', 'trigger.on-sync-failed']);
  for (const trigger of triggers)
    for (const template of parse(notifications[trigger])[0].send) expect(notifications).toHaveProperty([`template.${template}`]);
  expect(parse(notifications['service.slack'])).toEqual({ token: '$slack-token' });
});
