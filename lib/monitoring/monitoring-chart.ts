import type { App } from 'cdk8s';

import { AppChart } from '../kubernetes/app-chart';
import { type Endpoint, type Peer, serviceHost } from '../kubernetes/endpoint';
import { AlertRules } from '../observability/alert-rules';
import { LOG_STREAMS, type LogDestination } from '../observability/logs';
import type { ModelMetrics } from '../observability/model-metrics';
import { PROMETHEUS_PORT } from '../observability/prometheus';
import type { Image, ImageName } from '../releases/images';
import type { GatewayHandle } from '../routing/gateway';
import { connect } from '../security/connect';
import { joinMesh } from '../security/mesh-member';
import type { SecretStore } from '../security/secret-store';
import type { Placement } from '../workloads/placement';
import { AlertmanagerCluster } from './alertmanager-cluster';
import { defineSharedAlerts } from './alerts';
import { logStorage } from './alerts/log-storage';
import { Consoles, PROMETHEUS_PATH } from './consoles';
import { dashboards } from './dashboards';
import { type DataSource, elasticsearchSource, jaegerSource, lokiSource, prometheusSource } from './data-sources';
import { GRAFANA_PATH, Grafana } from './grafana';
import type { LokiSettings } from './logs/log-settings';
import { Loki } from './logs/loki';
import type { MonitoringSettings } from './monitoring-settings';
import { OperatorNetwork } from './operator-network';
import { PrometheusNetwork } from './prometheus-network';
import { PrometheusServer, QUERY_SECONDS } from './prometheus-server';
import { Tracing } from './tracing/tracing';

/** Properties for `MonitoringChart`. */
export interface MonitoringChartProps {
  readonly settings: MonitoringSettings;

  /** What tells the figures of this target from those of others. */
  readonly labels: { readonly environment: string; readonly region: string };

  /** Whether releases and autoscalers of the target go by metrics. */
  readonly decides: boolean;

  /**
   * What the gateway before the models that KServe serves tells of them.
   *
   * @default - KServe serves none
   */
  readonly modelMetrics?: ModelMetrics | undefined;

  readonly gateway: GatewayHandle;
  /** Reference of a pinned image; asked only for those that are used. */
  readonly image: (name: ImageName) => Image;
  readonly store: SecretStore;
  readonly placement: Placement;

  /**
   * Proxies that call the members of a mesh, who show their figures to members alone.
   *
   * @default - no mesh
   */
  readonly meshCallers?: Peer | undefined;
}

/** Where a port-forward shows what is not published. */
const FORWARDED = { grafana: 'http://localhost:3000', prometheus: 'http://localhost:9090' } as const;

/**
 * What watches a target: Prometheus and Alertmanager, which the Prometheus Operator runs from resources of ours, and Grafana. What is
 * watched says so itself, beside what it is: monitors, alerts and recording rules are in the apps they are about.
 */
export class MonitoringChart extends AppChart {
  /** Where logs are written, or undefined where nobody keeps them. */
  public readonly logs?: LogDestination;

  /** Where programs send spans, or undefined where nothing is traced. */
  public readonly traces?: Endpoint;

  /** Where the gateway sends spans, which it may, or undefined where nothing is traced. */
  public readonly gatewayTraces?: Endpoint;

  constructor(app: App, id: string, props: MonitoringChartProps) {
    super(app, id, 'monitoring');

    const { settings, labels, decides, modelMetrics, gateway, image, store, placement, meshCallers } = props;
    const { consoles = false, tracing, logs } = settings;
    const [host] = gateway.hosts;
    const common = { namespace: this.namespace, store, placement };

    defineSharedAlerts(this);
    new OperatorNetwork(this);
    new AlertmanagerCluster(this, { ...common, settings, image: image('alertmanager') });
    const prometheus = new PrometheusServer(this, {
      ...{ settings, labels, placement, meshed: meshCallers !== undefined, image: image('prometheus') },
      externalUrl: consoles ? `https://${host}${PROMETHEUS_PATH}` : FORWARDED.prometheus,
    });
    new PrometheusNetwork(this, prometheus.endpoint, decides);
    if (meshCallers !== undefined) joinMesh({ member: prometheus.endpoint, callers: meshCallers, probed: [PROMETHEUS_PORT] });

    const service = { ...prometheus.endpoint, host: serviceHost(prometheus.endpoint.name, this.namespace) };
    const traces =
      tracing === undefined
        ? undefined
        : new Tracing(this, {
            ...{ ...common, settings: tracing },
            images: { collector: image('otel-collector').reference, jaeger: image('jaeger').reference },
          });
    if (traces !== undefined) {
      this.traces = traces.collector;
      this.gatewayTraces = traces.collectorByHttp;
      connect(gateway.proxies, this.gatewayTraces);
    }
    if (logs !== undefined) this.logs = logs.kind === 'loki' ? this.loki(logs, props) : logs;
    if (logs?.kind === 'elasticsearch') new AlertRules(this, 'log-storage-alerts', { group: 'log-storage', alerts: logStorage });

    const grafana = new Grafana(this, {
      ...common,
      ...{
        image: image('grafana').reference,
        dashboards: dashboards(modelMetrics),
        querySeconds: QUERY_SECONDS,
        dataSources: [
          prometheusSource(service),
          ...(traces === undefined ? [] : [jaegerSource(traces.query)]),
          ...(this.logs === undefined ? [] : [logSource(this.logs)]),
        ],
      },
      rootUrl: `${consoles ? `https://${host}` : FORWARDED.grafana}${GRAFANA_PATH}`,
    });

    if (consoles) new Consoles(this, { gateway, grafana: grafana.endpoint, prometheus: service, store });
  }

  private loki(settings: LokiSettings, { image, placement }: MonitoringChartProps): LogDestination {
    const { endpoint } = new Loki(this, { namespace: this.namespace, settings, image: image('loki').reference, placement });
    return { kind: 'loki', endpoint };
  }
}

const logSource = (logs: LogDestination): DataSource =>
  logs.kind === 'loki' ? lokiSource(logs.endpoint) : elasticsearchSource(logs, LOG_STREAMS);
