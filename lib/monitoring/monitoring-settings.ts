import type { LogSettings } from './logs/log-settings';
import type { TracingSettings } from './tracing/tracing-settings';

/** What an environment decides about the monitoring of a target. */
export interface MonitoringSettings {
  /** Prometheus servers that scrape the same, and Alertmanagers. */
  readonly replicas: number;

  /** Days that metrics are kept. */
  readonly retentionDays: number;

  /** Volume of each Prometheus server, GiB; oldest metrics go first when it fills. */
  readonly sizeGiB: number;

  /** @default - logs are read from the pods, while they are there */
  readonly logs?: LogSettings;

  /** @default - no request is traced */
  readonly tracing?: TracingSettings;

  /** Channel of Slack that alerts are told in, without `#`; the store holds the addresses of its webhooks. */
  readonly alertChannel: string;

  /**
   * Whether the public gateway serves Grafana below `/grafana`, behind its login, and Prometheus below `/prometheus`, behind a password.
   *
   * @default false: both are reached by port-forward
   */
  readonly consoles?: boolean;
}
