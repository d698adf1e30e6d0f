import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { stringify } from 'yaml';

import type { DeliverySettings } from './delivery-settings';
import { settings as wave } from './hub-wave';
import { notifications } from './notifications';

/**
 * What Argo CD itself must know. Its installation owns the same ConfigMaps; a server-side apply adds these keys to them,
 * and the ConfigMaps stay when the keys go.
 */
export function defineHubSettings(chart: Chart, environments: readonly DeliverySettings[]): void {
  defineSettings(chart, 'argocd-cm', {
    // By label, the copies of labels and annotations that Flagger makes would count as objects that Git no longer holds.
    'application.resourceTrackingMethod': 'annotation',
    // Kubernetes fills in the rules of roles that collect those of others.
    'resource.compareoptions': stringify({ ignoreAggregatedRoles: true }),
    'resource.customizations.health.flagger.app_Canary': script('canary-health.lua'),
    'resource.customizations.health.PersistentVolumeClaim': script('claim-health.lua'),
    ...Object.fromEntries(INJECTED.map(([kind, ...paths]) => [`resource.customizations.ignoreDifferences.${kind}`, ignore(paths)])),
  });
  defineSettings(chart, 'argocd-notifications-cm', notifications);
  const rolling = environments.some(({ rollingSync }) => rollingSync !== undefined);
  defineSettings(chart, 'argocd-cmd-params-cm', {
    'controller.sync.timeout.seconds': `${SYNC_TIMEOUT_SECONDS}`,
    // Without it, the order of a rolling sync is ignored and every region syncs at once.
    ...(rolling ? { 'applicationsetcontroller.enable.progressive.syncs': 'true' } : {}),
  });
}

/**
 * Longest sync. A StatefulSet that never becomes ready is never called broken: its wave would be waited for without an end, and no later
 * commit be synced, the one that repairs it included. An hour is what the slowest Job takes, which pulls models.
 */
const SYNC_TIMEOUT_SECONDS = 5400;

/** What controllers write into their own webhooks, kinds and API services: certificates, and Istio's that its webhook is ready. */
const INJECTED: readonly (readonly [kind: string, ...jqPaths: readonly string[]])[] = [
  ['admissionregistration.k8s.io_MutatingWebhookConfiguration', '.webhooks[]?.clientConfig.caBundle'],
  [
    'admissionregistration.k8s.io_ValidatingWebhookConfiguration',
    '.webhooks[]?.clientConfig.caBundle',
    '.webhooks[]? | select(.name | endswith(".istio.io")) | .failurePolicy',
  ],
  ['apiextensions.k8s.io_CustomResourceDefinition', '.spec.conversion.webhook.clientConfig.caBundle'],
  ['apiregistration.k8s.io_APIService', '.spec.caBundle'],
];

const ignore = (jqPathExpressions: readonly string[]): string => stringify({ jqPathExpressions });

const script = (file: string): string => readFileSync(join(__dirname, file), 'utf8');

function defineSettings(chart: Chart, name: string, data: Readonly<Record<string, string>>): void {
  new k8s.KubeConfigMap(chart, name, {
    metadata: { name, annotations: { ...wave, 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' } },
    data: { ...data },
  });
}
