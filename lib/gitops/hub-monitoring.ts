import type { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';

import { ServiceMonitor } from '../../imports/monitoring.coreos.com';
import { fromAddon } from '../kubernetes/sync-options';
import { AlertRules } from '../observability/alert-rules';
import { dashboardFile } from '../observability/dashboard';
import { argocdAlerts } from './argocd-alerts';
import { argocd } from './argocd-dashboard';
import { monitoring as wave } from './hub-wave';

/**
 * What watches Argo CD: what Prometheus on the hub reads, what it raises, and a dashboard. The hub is no target: its Prometheus, with the
 * operator's kinds, is that of whoever runs it, must take monitors and rules of every namespace, and pass alerts on by `severity`.
 */
export function defineHubMonitoring(chart: Chart): void {
  // Argo CD's own manifests name this port in every Service of metrics.
  new ServiceMonitor(chart, 'service-monitor', {
    metadata: { name: 'argocd', annotations: { ...wave, ...fromAddon } },
    spec: {
      selector: { matchLabels: { 'app.kubernetes.io/part-of': 'argocd' } },
      endpoints: [{ port: 'metrics', path: '/metrics', interval: '30s' }],
    },
  });
  new AlertRules(chart, 'argocd-alerts', { group: 'argocd', alerts: argocdAlerts, annotations: wave });
  new k8s.KubeConfigMap(chart, 'dashboard', {
    // By the label, the sidecar that charts put beside Grafana finds it.
    metadata: { name: 'argocd-dashboard', labels: { grafana_dashboard: '1' }, annotations: { ...wave } },
    data: dashboardFile(argocd),
  });
}
