import { all, drop, replace, set } from '../edits';
import { chapter } from '../fault';
import { FIRST } from './objects';

const LOKI = ['ConfigMap/monitoring/loki-config', '/data/loki.yaml'] as const;
const COLLECTOR = ['ConfigMap/monitoring/otel-collector-config', '/data/config.yaml'] as const;
const JAEGER = ['ConfigMap/monitoring/jaeger-config', '/data/config.yaml'] as const;
const GATEWAY = 'Deployment/litellm/litellm';
const ROUTING = 'AlertmanagerConfig/monitoring/alert-routing';
const GRAFANA = 'Deployment/monitoring/grafana';
const OLLAMA = 'Deployment/llm/ollama';
const CHECKSUM = '/spec/template/metadata/annotations/slipway.dev~1configuration';

export const watching = chapter('Files of programs, and what is watched', {
  'logs-other-port': ['Loki’s file has it listen on another port.', replace(...LOKI, '3100', '3101')],
  'logs-copies': ['Loki is to keep three copies in one pod.', replace(...LOKI, 'replication_factor: 1', 'replication_factor: 3')],
  'logs-of-tomorrow': ['Loki’s first schema begins in years.', replace(...LOKI, 'from: 20', 'from: 80')],
  'logs-apart': ['Three Lokis know nothing of each other.', set('StatefulSet/monitoring/loki', '/spec/replicas', 3)],
  'traces-other-port': ['The collector listens on another port than it declares.', replace(...COLLECTOR, '0.0.0.0:4318', '0.0.0.0:4319')],
  'traces-to-itself': ['The collector hears its own pod alone.', replace(...COLLECTOR, '0.0.0.0:4317', 'localhost:4317')],
  'traces-health-gone': [
    'Nothing answers the probes of the collector.',
    replace(...COLLECTOR, /\n *health_check:\n *endpoint: .*/, '\n  health_check: {}'),
  ],
  'traces-health-port': ['Jaeger answers probes on another port.', replace(...JAEGER, '13133', '13134')],
  'gateway-told-to-debug': ['LiteLLM is told to log every request.', set(GATEWAY, `${FIRST}/args/-`, '--detailed_debug')],
  'chat-debugs': [
    'The chat logs everything.',
    set('Deployment/kiva/open-webui-backend-kiva', `${FIRST}/env/-`, { name: 'GLOBAL_LOG_LEVEL', value: 'DEBUG' }),
    'prod/germanywestcentral',
  ],
  'checksum-stale': ['Pods carry the checksum of other files.', set(GATEWAY, CHECKSUM, '0123456789abcdef')],
  'checksum-lost': ['Nothing replaces pods when their file changes.', drop(GATEWAY, CHECKSUM)],
  'hook-gone-at-once': [
    'A migration is gone before Argo CD has seen its end.',
    set('Job/litellm/litellm-migration', '/spec/ttlSecondsAfterFinished', 0),
  ],
  'monitor-drops': [
    'A monitor drops what alerts ask for.',
    set('ServiceMonitor/litellm/litellm', '/spec/endpoints/0/metricRelabelings', [
      { action: 'drop', sourceLabels: ['__name__'], regex: 'litellm_.*' },
    ]),
  ],
  'monitor-drops-labels': [
    'A monitor drops the bounds of buckets.',
    set('PodMonitor/llm/llm-service', '/spec/podMetricsEndpoints/0/metricRelabelings', [{ action: 'labeldrop', regex: 'le' }]),
  ],
  'ollama-small': ['Ollama has no memory for its models.', set(OLLAMA, `${FIRST}/resources/limits/memory`, '1Gi'), 'dev/local'],
  'metrics-fill-volume': [
    'Prometheus may keep as much as its volume holds.',
    set('Prometheus/monitoring/prometheus', '/spec/retentionSize', '100GiB'),
  ],
  'pages-wait': ['An outage is told after three hours.', set(ROUTING, '/spec/route/groupWait', '3h')],
  'pages-once': ['A page is told again after a week.', set(ROUTING, '/spec/route/routes/0/repeatInterval', '7d')],
  'pages-silenced': [
    'Tickets silence pages.',
    all(
      set(ROUTING, '/spec/inhibitRules/0/sourceMatch/0/value', 'ticket'),
      set(ROUTING, '/spec/inhibitRules/0/targetMatch/0/value', 'page'),
    ),
  ],
  'pages-misrouted': ['The route of pages asks for another severity.', set(ROUTING, '/spec/route/routes/0/matchers/0/value', 'critical')],
  'alerts-other-port': [
    'Prometheus sends alerts to a port that Alertmanager does not have.',
    set('Prometheus/monitoring/prometheus', '/spec/alerting/alertmanagers/0/port', 'http'),
  ],
  'alertmanagers-apart': [
    'Alertmanagers hear nothing of each other by UDP.',
    drop('NetworkPolicy/monitoring/alertmanager-from-alertmanager', '/spec/ingress/0/ports/1'),
  ],
  'kubelets-unread': ['Prometheus may call pods alone.', drop('NetworkPolicy/monitoring/prometheus-to-scraped', '/spec/egress/1')],
  'traces-store-port': [
    'The store of traces is at another port than policies open.',
    set('NetworkPolicy/monitoring/jaeger-to-trace-storage', '/spec/egress/0/ports/0/port', 9200),
  ],
  'traces-elsewhere': ['Traces are kept in another region.', replace(...JAEGER, 'traces.us-east-1', 'traces.us-west-2')],
  'metrics-kept-briefly': ['Prometheus forgets after minutes.', set('Prometheus/monitoring/prometheus', '/spec/retention', '15m')],
  'traces-contents': ['A collector leaves what users wrote in traces.', replace(...COLLECTOR, /\n *- transform\/contents(?=\n)/, '')],
  'traces-order': [
    'A collector packs traces before it chooses among them.',
    replace(...COLLECTOR, /- tail_sampling\n( *)- batch/, '- batch\n$1- tail_sampling'),
  ],
  'dashboards-elsewhere': [
    'Grafana looks for dashboards in a folder that is not there.',
    replace('ConfigMap/monitoring/grafana-dashboard-provider', '/data/dashboards.yaml', 'grafana-dashboards', 'grafana/dashboards'),
  ],
  'dashboards-path': [
    'Grafana is told an address without its path.',
    set(GRAFANA, `${FIRST}/env/name=GF_SERVER_ROOT_URL/value`, 'https://kiva.example.com'),
    'prod/germanywestcentral',
  ],
  'alerts-from-elsewhere': [
    'Alerts name another region.',
    set('Prometheus/monitoring/prometheus', '/spec/externalLabels/region', 'us-west-2'),
  ],
  'alerts-old-schedule': ['Alerts ask for a schedule that was renamed.', set('Schedule/velero/daily', '/metadata/name', 'nightly')],
  'alerts-unknown-status': [
    'An alert asks for a state that Argo CD does not know.',
    replace('PrometheusRule/argocd/argocd-alerts', '/spec/groups/0/rules/alert=ArgocdAppOutOfSync/expr', 'OutOfSync', 'OutOfDate'),
  ],
  'ztunnel-figures-port': [
    'The monitor of ztunnel asks where it tells whether it is ready.',
    set('PodMonitor/ml/ztunnel', '/spec/podMetricsEndpoints/0/portNumber', 15021),
    'prod/eu-west-1',
  ],
  'backup-no-agent': [
    'Velero has no agent on nodes to read files of volumes.',
    set('Application/argocd/velero-prod-us-east-1', '/spec/source/helm/valuesObject/deployNodeAgent', false),
  ],
  'logs-other-variable': [
    'The collector of logs is told its node by a variable that nobody sets.',
    replace('ConfigMap/kube-system/log-collector-config', '/data/config.yaml', 'var: NODE_NAME', 'var: KUBE_NODE_NAME'),
  ],
});
