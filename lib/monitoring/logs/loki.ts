import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { stringify } from 'yaml';

import { PersistentPods } from '../../data/persistent-pods';
import { type Endpoint, serviceHost } from '../../kubernetes/endpoint';
import { podLabels, stablePods } from '../../kubernetes/labels';
import { beforeWorkloads } from '../../kubernetes/sync-wave';
import { logLabels } from '../../observability/logs';
import { scrapePods } from '../../observability/scrape';
import { restrictedContainer } from '../../security/restricted';
import { configurationChecksum } from '../../workloads/configuration-checksum';
import { ownPod } from '../../workloads/own-pod';
import type { Placement } from '../../workloads/placement';
import { probesOf } from '../../workloads/service-probes';
import { resourcesOf } from '../../workloads/sizes';
import type { LokiSettings } from './log-settings';

/** Properties for `Loki`. */
export interface LokiProps {
  readonly namespace: string;
  readonly settings: LokiSettings;
  readonly image: string;
  readonly placement: Placement;
}

const NAME = 'loki';
const PORT = 3100;

/** As whom its image runs. */
const USER = 10001;

const FOLDER = '/data';
const CONFIG = '/etc/loki';

const SIZE = { requests: { cpu: '200m', memory: '512Mi' }, limits: { cpu: '1000m', memory: '2Gi' } } as const;

/** What logs are found by; whatever else is known of a line can be filtered by as well, but has no index. */
const INDEXED = Object.values(logLabels);

/** Keeps the logs of all containers on a volume and searches them: one process, which holds those of a region. */
export class Loki extends Construct {
  /** Where logs are written and read. */
  public readonly endpoint: Endpoint & { readonly scope: Construct };

  constructor(scope: Construct, { namespace, settings, image, placement }: LokiProps) {
    super(scope, NAME);

    const files = { 'loki.yaml': stringify(configuration(settings)) };
    new k8s.KubeConfigMap(this, 'config', { metadata: { name: `${NAME}-config`, annotations: beforeWorkloads }, data: files });
    new PersistentPods(this, NAME, {
      replicas: 1,
      template: {
        metadata: { labels: podLabels(NAME), annotations: configurationChecksum(files) },
        spec: podSpec(image, placement),
      },
      port: { name: 'http', number: PORT },
      sizeGiB: settings.sizeGiB,
      imagePullSecrets: placement.imagePullSecrets,
      replaceable: true,
    });

    const host = serviceHost(NAME, namespace);
    this.endpoint = { name: NAME, namespace, pods: stablePods(NAME), scope: this, host, port: PORT, podPort: PORT };
    scrapePods(this.endpoint, { port: 'http' });
  }
}

function podSpec(image: string, placement: Placement): k8s.PodSpec {
  return {
    ...ownPod(NAME, USER, placement),
    // What it holds in memory is written before it stops.
    terminationGracePeriodSeconds: 120,
    containers: [
      {
        name: NAME,
        image,
        imagePullPolicy: 'IfNotPresent',
        args: [`-config.file=${CONFIG}/loki.yaml`],
        ports: [{ name: 'http', containerPort: PORT }],
        resources: resourcesOf(SIZE),
        securityContext: restrictedContainer,
        // Reading what was not yet written when it stopped takes its time.
        ...probesOf({ liveness: '/loki/api/v1/status/buildinfo', readiness: '/ready', startupSeconds: 300 }),
        volumeMounts: [
          { name: 'data', mountPath: FOLDER },
          { name: 'config', mountPath: CONFIG, readOnly: true },
          { name: 'tmp', mountPath: '/tmp' },
        ],
      },
    ],
    volumes: [
      { name: 'config', configMap: { name: `${NAME}-config` } },
      { name: 'tmp', emptyDir: { sizeLimit: k8s.Quantity.fromString('256Mi') } },
    ],
  };
}

/** Loki's configuration. Its users are Grafana and the collectors, which network policies tell from others: it knows no tenants. */
function configuration({ retentionDays }: LokiSettings): object {
  return {
    auth_enabled: false,
    analytics: { reporting_enabled: false },
    server: { http_listen_port: PORT, log_format: 'json' },
    common: {
      path_prefix: FOLDER,
      replication_factor: 1,
      ring: { instance_addr: '127.0.0.1', kvstore: { store: 'inmemory' } },
      storage: { filesystem: { chunks_directory: `${FOLDER}/chunks`, rules_directory: `${FOLDER}/rules` } },
    },
    schema_config: {
      configs: [
        { from: '2026-01-01', store: 'tsdb', object_store: 'filesystem', schema: 'v13', index: { prefix: 'index_', period: '24h' } },
      ],
    },
    compactor: { working_directory: `${FOLDER}/compactor`, retention_enabled: true, delete_request_store: 'filesystem' },
    limits_config: {
      retention_period: `${24 * retentionDays}h`,
      otlp_config: {
        resource_attributes: { ignore_defaults: true, attributes_config: [{ action: 'index_label', attributes: INDEXED }] },
      },
    },
  };
}
