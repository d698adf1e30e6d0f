import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { stringify } from 'yaml';

import { LEFT_OUT } from '../../data/shared-volume';
import type { Endpoint } from '../../kubernetes/endpoint';
import { DATA_BLOCK } from '../../kubernetes/storage-classes';
import { keep } from '../../kubernetes/sync-options';
import { data } from '../../kubernetes/sync-wave';
import { allowElasticsearch, deliverLogin, WRITER } from '../../observability/elasticsearch';
import { scrapeService } from '../../observability/scrape';
import { OTLP_HTTP_PORT, OTLP_PORT } from '../../observability/traces';
import { connect } from '../../security/connect';
import type { SecretStore } from '../../security/secret-store';
import type { Placement } from '../../workloads/placement';
import type { ServiceContainer } from '../../workloads/service-container';
import { WebService } from '../../workloads/web-service';
import { collectorConfig, HEALTH_PORT, METRICS_PORT } from './collector-config';
import { jaegerConfig, QUERY_PORT, TRACES_FOLDER } from './jaeger-config';
import type { TraceStorage, TracingSettings } from './tracing-settings';

/** Properties for `Tracing`. */
export interface TracingProps {
  readonly namespace: string;
  readonly settings: TracingSettings;
  readonly images: { readonly collector: string; readonly jaeger: string };
  readonly store: SecretStore;
  readonly placement: Placement;
}

const JAEGER = 'jaeger';
const COLLECTOR = 'otel-collector';

/** Users of the images. */
const JAEGER_USER = 10001;
const COLLECTOR_USER = 10001;

/** Login of Jaeger at a storage outside of the cluster. */
const LOGIN = 'trace-storage';

const SIZE = { requests: { cpu: '100m', memory: '256Mi' }, limits: { cpu: '1000m', memory: '1Gi' } } as const;

/** One of each: whether a trace is kept can be told only by who has seen all of it, and its storage opens for one. */
const ALONE = { kind: 'fixed', replicas: 1 } as const;

/** Spans on their way to the next hop, seconds. */
const DRAIN_SECONDS = 30;

/** Traces: a collector that programs send their spans to, and Jaeger, which keeps and shows those that are worth it. */
export class Tracing extends Construct {
  /** Where programs send spans, by OTLP over gRPC. */
  public readonly collector: Endpoint & { readonly scope: Construct };

  /** Where the gateway sends spans, by OTLP over HTTP: Kong has no gRPC. */
  public readonly collectorByHttp: Endpoint & { readonly scope: Construct };

  /** Where people and Grafana ask for traces. */
  public readonly query: Endpoint & { readonly scope: Construct };

  constructor(scope: Construct, { namespace, settings, images, store, placement }: TracingProps) {
    super(scope, 'tracing');

    const service = (name: string, liveness: string, container: Omit<ServiceContainer, 'env'> & Partial<ServiceContainer>, more: object) =>
      new WebService(this, name, {
        namespace,
        container: { env: {}, ...container },
        ports: { http: HEALTH_PORT, metrics: METRICS_PORT },
        morePorts: { otlp: OTLP_PORT, ...more },
        probes: { liveness, readiness: liveness, startupSeconds: 60 },
        scale: ALONE,
        longestRequestSeconds: DRAIN_SECONDS,
        placement,
      });
    const configuration = (config: object) => ({ mountPath: '/etc/otel', files: { 'config.yaml': stringify(config) } });
    const common = { args: ['--config=/etc/otel/config.yaml'], size: SIZE };

    const jaeger = service(
      JAEGER,
      '/status',
      {
        ...{ ...common, image: images.jaeger, user: JAEGER_USER, scratch: { '/tmp': '64Mi' } },
        ...this.storage(settings.storage, store),
        configuration: configuration(jaegerConfig(settings)),
      },
      { query: QUERY_PORT },
    );
    const at = (of: WebService, port: number) => ({ ...of.endpoint, port, podPort: port });
    this.query = at(jaeger, QUERY_PORT);

    const collector = service(
      COLLECTOR,
      '/',
      {
        ...{ ...common, image: images.collector, user: COLLECTOR_USER, scratch: { '/tmp': '64Mi' } },
        configuration: configuration(collectorConfig(settings.keptPercent, at(jaeger, OTLP_PORT))),
      },
      { 'otlp-http': OTLP_HTTP_PORT },
    );
    this.collector = at(collector, OTLP_PORT);
    this.collectorByHttp = at(collector, OTLP_HTTP_PORT);

    connect(collector.endpoint, at(jaeger, OTLP_PORT));
    if (settings.storage.kind === 'elasticsearch') allowElasticsearch(jaeger.endpoint, LOGIN, settings.storage);
    for (const { metrics } of [jaeger, collector]) scrapeService(metrics, { port: 'metrics' });
  }

  /** What Jaeger needs for its storage: a volume that one pod at a time mounts, or credentials. */
  private storage(storage: TraceStorage, store: SecretStore): Pick<Partial<ServiceContainer>, 'env' | 'shared'> {
    if (storage.kind === 'elasticsearch') {
      const { user, password } = deliverLogin(this, LOGIN, { store });
      return { env: { [WRITER.user]: user, [WRITER.password]: password } };
    }
    const name = 'jaeger-traces';
    new k8s.KubePersistentVolumeClaim(this, 'volume', {
      // What happened last week is of no use to anybody after a loss.
      metadata: { name, annotations: { ...data, ...keep }, labels: LEFT_OUT },
      spec: {
        accessModes: ['ReadWriteOnce'],
        storageClassName: DATA_BLOCK,
        resources: { requests: { storage: k8s.Quantity.fromString(`${storage.sizeGiB}Gi`) } },
      },
    });
    return { shared: { [TRACES_FOLDER]: { name, accessMode: 'ReadWriteOnce' } } };
  }
}
