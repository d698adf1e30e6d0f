/** What an environment decides about the monitoring of a target. */
export interface MonitoringSettings {
  /** Prometheus servers that scrape the same, and Alertmanagers. */
  readonly replicas: number;

  /** Days that metrics are kept. */
  readonly retentionDays: number;

  /** Volume of each Prometheus server, GiB; oldest metrics go first when it fills. */
  readonly sizeGiB: number;
}
