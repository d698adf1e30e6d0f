import type { Dashboard } from '../../observability/dashboard';
import { ERRORS_LIMIT } from '../alerts/gateway';
import { GPU, HOT, MEMORY_LIMIT } from '../alerts/gpu';

const quantile = (share: number): string =>
  `histogram_quantile(${share}, sum by (le, service) (rate(kong_request_latency_ms_bucket{service=~"$service"}[5m]))) / 1000`;

/** Both data planes of Kong. */
export const kong: Dashboard = {
  uid: 'kong',
  title: 'Gateways (Kong)',
  variables: [{ name: 'service', metric: 'kong_http_requests_total' }],
  rows: [
    {
      title: 'What clients see',
      panels: [
        {
          title: 'Requests',
          unit: 'reqps',
          queries: { '{{service}} {{code}}': 'sum by (service, code) (rate(kong_http_requests_total{service=~"$service"}[5m]))' },
        },
        {
          title: 'Errors of the server',
          unit: 'percentunit',
          limit: ERRORS_LIMIT,
          queries: {
            '{{service}}':
              '(sum by (service) (rate(kong_http_requests_total{service=~"$service", code=~"5.."}[5m])) or vector(0)) / (sum by (service) (rate(kong_http_requests_total{service=~"$service"}[5m])) > 0)',
          },
        },
        { title: 'Time of a request', unit: 's', queries: { '{{service}} half': quantile(0.5), '{{service}} 95 %': quantile(0.95) } },
      ],
    },
    {
      title: 'Proxies',
      panels: [
        { title: 'Connections', unit: 'short', queries: { '{{pod}} {{state}}': 'sum by (pod, state) (kong_nginx_connections_total)' } },
        {
          title: 'Configurations handed over',
          unit: 'cps',
          queries: { '{{pod}} {{success}}': 'sum by (pod, success) (rate(ingress_controller_configuration_push_count[5m]))' },
        },
        { title: 'Bytes', unit: 'binBps', queries: { '{{direction}}': 'sum by (direction) (rate(kong_bandwidth_bytes[5m]))' } },
      ],
    },
  ],
};

/** Releases, as Flagger sees them. */
export const flagger: Dashboard = {
  uid: 'flagger',
  title: 'Releases (Flagger)',
  rows: [
    {
      title: 'Releases',
      panels: [
        {
          title: 'State',
          description: '0: under way, 1: succeeded, 2: failed',
          unit: 'none',
          queries: { '{{name}}': 'max by (name) (flagger_canary_status)' },
        },
        { title: 'Weight', unit: 'percent', queries: { '{{workload}}': 'max by (workload) (flagger_canary_weight)' } },
        {
          title: 'Last result of each gate',
          unit: 'none',
          queries: { '{{name}} {{metric}}': 'max by (name, metric) (flagger_canary_metric_analysis)' },
        },
      ],
    },
  ],
};

/** The exporter writes the name of its node in one of two labels: `instance` is in all. */
const OF_NODE = '{instance=~"$exporter"}';

const gpus = (metric: string): Record<string, string> => ({
  '{{Hostname}}{{hostname}} {{gpu}}': `max by (${GPU}) (${metric}${OF_NODE})`,
});

/** GPUs, as DCGM measures them. */
export const gpu: Dashboard = {
  uid: 'gpu',
  title: 'GPUs (DCGM)',
  variables: [{ name: 'exporter', metric: 'DCGM_FI_DEV_GPU_UTIL', label: 'instance' }],
  rows: [
    {
      title: 'Work',
      panels: [
        { title: 'Busy', unit: 'percent', queries: gpus('DCGM_FI_DEV_GPU_UTIL') },
        {
          title: 'Memory in use',
          unit: 'percentunit',
          limit: MEMORY_LIMIT,
          queries: {
            '{{Hostname}}{{hostname}} {{gpu}}': `max by (${GPU}) (DCGM_FI_DEV_FB_USED${OF_NODE} / (DCGM_FI_DEV_FB_USED${OF_NODE} + DCGM_FI_DEV_FB_FREE${OF_NODE} > 0))`,
          },
        },
      ],
    },
    {
      title: 'Health',
      panels: [
        { title: 'Temperature', unit: 'celsius', limit: HOT, queries: gpus('DCGM_FI_DEV_GPU_TEMP') },
        { title: 'Power', unit: 'watt', queries: gpus('DCGM_FI_DEV_POWER_USAGE') },
        { title: 'Last fault (Xid)', unit: 'none', queries: gpus('DCGM_FI_DEV_XID_ERRORS') },
      ],
    },
  ],
};
