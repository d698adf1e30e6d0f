import type { Construct } from 'constructs';

import { PodMonitor, ServiceMonitor } from '../../imports/monitoring.coreos.com';
import type { Endpoint, Peer } from '../kubernetes/endpoint';
import { fromAddon } from '../kubernetes/sync-options';
import { connect } from '../security/connect';
import { prometheus } from './prometheus';

/** What Prometheus reads, and how often. */
export interface Scrape {
  /** Name of the port: in the Service, or in the pods. */
  readonly port: string;

  /**
   * Path of the metrics.
   *
   * @default '/metrics'
   */
  readonly path?: string;

  /**
   * Seconds between two readings.
   *
   * @default 30
   */
  readonly intervalSeconds?: number;
}

/** Has Prometheus read what a Service of ours exposes, and lets it in. Such a Service carries the labels of its pods. */
export function scrapeService(endpoint: Endpoint & { readonly scope: Construct }, scrape: Scrape): void {
  const { name, namespace, pods, scope } = endpoint;
  connect(prometheus, endpoint);
  new ServiceMonitor(scope, 'service-monitor', {
    metadata: { name, namespace, annotations: fromAddon },
    spec: { selector: { matchLabels: { ...pods } }, endpoints: [readingOf(scrape)] },
  });
}

/** Has Prometheus read pods whose Services belong to a controller, and lets it in. */
export function scrapePods(endpoint: Endpoint & { readonly scope: Construct }, scrape: Scrape): void {
  const { name, namespace, pods, scope } = endpoint;
  connect(prometheus, endpoint);
  new PodMonitor(scope, 'pod-monitor', {
    metadata: { name, namespace, annotations: fromAddon },
    spec: { selector: { matchLabels: { ...pods } }, podMetricsEndpoints: [readingOf(scrape)] },
  });
}

/** Has Prometheus read pods of an addon whose chart has them watched by nobody, by the number of their port: charts rarely name it. */
export function scrapeAddon(scope: Construct, { name, namespace, pods }: Omit<Peer, 'scope'>, port: number, path = '/metrics'): void {
  new PodMonitor(scope, `${name}-monitor`, {
    metadata: { name, annotations: fromAddon },
    spec: {
      namespaceSelector: { matchNames: [namespace] },
      selector: { matchLabels: { ...pods } },
      podMetricsEndpoints: [{ portNumber: port, path, interval: '30s' }],
    },
  });
}

const readingOf = ({ port, path = '/metrics', intervalSeconds = 30 }: Scrape): { port: string; path: string; interval: string } => ({
  port,
  path,
  interval: `${intervalSeconds}s`,
});
