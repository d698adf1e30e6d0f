import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

import {
  Alertmanager,
  AlertmanagerSpecResourcesLimits as Limit,
  AlertmanagerSpecResourcesRequests as Request,
  AlertmanagerSpecStorageVolumeClaimTemplateSpecResourcesRequests as Storage,
} from '../../imports/monitoring.coreos.com';
import { type Endpoint, serviceHost } from '../kubernetes/endpoint';
import { PLATFORM } from '../kubernetes/priority';
import { DATA_BLOCK } from '../kubernetes/storage-classes';
import { keepFromAddon } from '../kubernetes/sync-options';
import { beforeWorkloads } from '../kubernetes/sync-wave';
import { scrapeService } from '../observability/scrape';
import type { Image } from '../releases/images';
import { allowInternet, connect } from '../security/connect';
import { restrictedPod } from '../security/restricted';
import type { SecretStore } from '../security/secret-store';
import { type Placement, placed, spread } from '../workloads/placement';
import { AlertRouting } from './alert-routing';
import type { MonitoringSettings } from './monitoring-settings';

/** Properties for `AlertmanagerCluster`. */
export interface AlertmanagerClusterProps {
  readonly namespace: string;
  readonly settings: MonitoringSettings;
  readonly image: Image;
  readonly store: SecretStore;
  readonly placement: Placement;
}

const NAME = 'alertmanager';
const PORT = 9093;

/** On which members tell each other what is silenced and what was sent. */
const GOSSIP_PORT = 9094;

/** `nobody`, as whom its image runs. */
const USER = 65534;

/** Silences and what was sent: a few megabytes. */
const STORAGE = '1Gi';

/** Sends alerts to people, each once, however many Prometheus servers raise it. */
export class AlertmanagerCluster extends Construct {
  /** Where Prometheus sends alerts, and people silence them. */
  public readonly endpoint: Endpoint & { readonly scope: Construct };

  constructor(scope: Construct, { namespace, settings, image, store, placement }: AlertmanagerClusterProps) {
    super(scope, 'alertmanager');

    const pods = { 'app.kubernetes.io/name': NAME };
    const host = serviceHost('alertmanager-operated', namespace);
    const routing = new AlertRouting(this, { store, channel: settings.alertChannel });

    new k8s.KubeServiceAccount(this, 'service-account', {
      metadata: { name: NAME, annotations: beforeWorkloads },
      automountServiceAccountToken: false,
      imagePullSecrets: placement.imagePullSecrets.map((secret) => ({ name: secret })),
    });

    new Alertmanager(this, 'cluster', {
      metadata: { name: NAME, annotations: keepFromAddon },
      spec: {
        replicas: settings.replicas,
        image: image.reference,
        version: image.tag, // by which the operator knows what flags it has
        alertmanagerConfiguration: { name: routing.name },
        retention: '120h',
        storage: {
          volumeClaimTemplate: {
            spec: {
              storageClassName: DATA_BLOCK,
              accessModes: ['ReadWriteOnce'],
              resources: { requests: { storage: Storage.fromString(STORAGE) } },
            },
          },
        },
        serviceAccountName: NAME,
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        priorityClassName: PLATFORM,
        securityContext: restrictedPod(USER),
        resources: {
          requests: { cpu: Request.fromString('50m'), memory: Request.fromString('128Mi') },
          limits: { cpu: Limit.fromString('500m'), memory: Limit.fromString('256Mi') },
        },
        ...placed(placement),
        ...(spread(pods) as object),
      },
    });

    // A budget for one member would keep its node from ever being drained.
    if (settings.replicas > 1) {
      new k8s.KubePodDisruptionBudget(this, 'disruption-budget', {
        metadata: { name: NAME },
        spec: { maxUnavailable: k8s.IntOrString.fromNumber(1), selector: { matchLabels: pods } },
      });
    }

    new k8s.KubeService(this, 'service', {
      metadata: { name: NAME, labels: pods },
      spec: { selector: pods, ports: [{ name: 'web', port: PORT, targetPort: k8s.IntOrString.fromString('web') }] },
    });

    this.endpoint = { name: NAME, namespace, pods, scope: this, host, port: PORT, podPort: PORT };
    // On the port of its metrics it also takes alerts.
    scrapeService(this.endpoint, { port: 'web' });
    allowInternet(this.endpoint);
    if (settings.replicas > 1)
      connect(this.endpoint, { ...this.endpoint, port: GOSSIP_PORT, podPort: GOSSIP_PORT, protocols: ['TCP', 'UDP'] });
  }
}
