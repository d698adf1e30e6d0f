import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

import {
  PrometheusSpecAlertingAlertmanagersPort as AlertmanagerPort,
  PrometheusSpecResourcesLimits as Limit,
  Prometheus,
  PrometheusSpecResourcesRequests as Request,
  PrometheusSpecServiceDiscoveryRole as Role,
  PrometheusSpecStorageVolumeClaimTemplateSpecResourcesRequests as Storage,
} from '../../imports/monitoring.coreos.com';
import type { Endpoint } from '../kubernetes/endpoint';
import { MESH_MEMBER } from '../kubernetes/mesh';
import { PLATFORM } from '../kubernetes/priority';
import { DATA_BLOCK } from '../kubernetes/storage-classes';
import { keepFromAddon } from '../kubernetes/sync-options';
import { beforeWorkloads } from '../kubernetes/sync-wave';
import { PROMETHEUS_PORT, prometheusEndpoint } from '../observability/prometheus';
import type { Image } from '../releases/images';
import { kongUpstream } from '../routing/kong-upstream';
import { restrictedPod } from '../security/restricted';
import { type Placement, placed, spread } from '../workloads/placement';
import { sizes } from '../workloads/sizes';
import type { MonitoringSettings } from './monitoring-settings';

/** Properties for `PrometheusServer`. */
export interface PrometheusServerProps {
  readonly settings: MonitoringSettings;
  readonly image: Image;

  /** Where the metrics come from, on every series and alert that leaves the cluster. */
  readonly labels: { readonly environment: string; readonly region: string };

  /** Address under which people open it: links of alerts begin with it. */
  readonly externalUrl: string;

  readonly placement: Placement;

  /** Whether it is a member of the mesh, without which it reads nothing of other members. */
  readonly meshed: boolean;
}

/** Seconds that a question may take: Prometheus gives up on longer ones. */
export const QUERY_SECONDS = 120;

/** Metrics that canaries are judged by must be younger than a step of their analysis. */
const INTERVAL = '15s';

/** `nobody`, as whom its image runs. */
const USER = 65534;

/** Share of the volume that blocks may fill; the rest is the log of what came last. */
const FILLED = 0.85;

const everywhere = {};

/**
 * Prometheus, run by its operator: every monitor and every rule in every namespace counts. Replicas scrape the same, so that one may
 * go. Its rights are defined with the ground of the target, for they reach beyond its namespace.
 */
export class PrometheusServer extends Construct {
  /** What asks it questions. */
  public readonly endpoint: Endpoint & { readonly scope: Construct };

  constructor(scope: Construct, props: PrometheusServerProps) {
    super(scope, 'prometheus');

    const { settings, image, labels, externalUrl, placement, meshed } = props;
    const { name, namespace, pods } = prometheusEndpoint;
    const { requests, limits } = sizes.high;
    this.endpoint = { ...prometheusEndpoint, scope: this };

    new k8s.KubeServiceAccount(this, 'service-account', {
      metadata: { name, annotations: beforeWorkloads },
      automountServiceAccountToken: false,
      imagePullSecrets: placement.imagePullSecrets.map((secret) => ({ name: secret })),
    });

    new Prometheus(this, 'server', {
      metadata: { name, annotations: keepFromAddon },
      spec: {
        replicas: settings.replicas,
        ...(meshed ? { podMetadata: { labels: MESH_MEMBER } } : {}),
        image: image.reference,
        version: image.tag, // by which the operator knows what flags it has
        externalUrl,
        // The gateway takes its own prefix away, so that callers in the cluster need none.
        routePrefix: '/',
        enableAdminApi: false,
        scrapeInterval: INTERVAL,
        evaluationInterval: INTERVAL,
        externalLabels: { ...labels },
        retention: `${settings.retentionDays}d`,
        // What is older makes room before the volume is full: a full one stops Prometheus, and with it every canary.
        retentionSize: `${Math.floor(settings.sizeGiB * FILLED * 1024)}MiB`,
        walCompression: true,
        storage: {
          volumeClaimTemplate: {
            spec: {
              storageClassName: DATA_BLOCK,
              accessModes: ['ReadWriteOnce'],
              resources: { requests: { storage: Storage.fromString(`${settings.sizeGiB}Gi`) } },
            },
          },
        },
        alerting: { alertmanagers: [{ namespace, name: 'alertmanager-operated', port: AlertmanagerPort.fromString('web') }] },
        ...discovered,
        serviceDiscoveryRole: Role.ENDPOINT_SLICE,
        serviceAccountName: name,
        automountServiceAccountToken: true, // it asks the API server what there is to scrape
        enableServiceLinks: false,
        priorityClassName: PLATFORM,
        securityContext: restrictedPod(USER),
        resources: {
          requests: { cpu: Request.fromString(requests.cpu), memory: Request.fromString(requests.memory) },
          limits: { cpu: Limit.fromString(limits.cpu), memory: Limit.fromString(limits.memory) },
        },
        ...placed(placement),
        ...(spread(pods) as object),
      },
    });

    // The operator's own Service has no address, and the gateway reads its timeouts from annotations of a Service.
    new k8s.KubeService(this, 'service', {
      metadata: { name, labels: { ...pods }, annotations: kongUpstream(QUERY_SECONDS) },
      spec: { selector: { ...pods }, ports: [{ name: 'web', port: PROMETHEUS_PORT, targetPort: k8s.IntOrString.fromString('web') }] },
    });

    // A budget for one server would keep its node from ever being drained.
    if (settings.replicas > 1) {
      new k8s.KubePodDisruptionBudget(this, 'disruption-budget', {
        metadata: { name },
        spec: { maxUnavailable: k8s.IntOrString.fromNumber(1), selector: { matchLabels: { ...pods } } },
      });
    }
  }
}

/** Everything in every namespace; absent selectors would mean nothing at all. */
const discovered = {
  podMonitorSelector: everywhere,
  podMonitorNamespaceSelector: everywhere,
  probeSelector: everywhere,
  probeNamespaceSelector: everywhere,
  ruleSelector: everywhere,
  ruleNamespaceSelector: everywhere,
  scrapeConfigSelector: everywhere,
  scrapeConfigNamespaceSelector: everywhere,
  serviceMonitorSelector: everywhere,
  serviceMonitorNamespaceSelector: everywhere,
};
