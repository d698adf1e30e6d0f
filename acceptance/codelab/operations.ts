import type { Checks } from '../acceptance';
import { addon, allIn, dist, page, targets, valuesOf } from '../read';
import { container, variable } from '../workloads';
import { production } from './cluster';

/** What watches CodeLab and keeps its data. */
export const operations: Checks = {
  98: () => {
    const grafana = dist(`${production}/monitoring/Deployment.grafana`);

    expect(variable(grafana, 'GF_SECURITY_ADMIN_PASSWORD')).toBe('grafana-admin/password');
    expect(dist(`${production}/monitoring/ExternalSecret.grafana-admin`).spec.data).toContainEqual({
      secretKey: 'password',
      remoteRef: { key: 'grafana-admin-password' },
    });
  },

  105: () => {
    expect(dist(`${production}/monitoring/Prometheus.prometheus`).spec.replicas).toBe(2);
    expect(container(dist(`${production}/monitoring/Deployment.grafana`)).image).toMatch(/grafana:\d+\./);
    expect(allIn(`dist/${production}/codelab`, 'ServiceMonitor').map(({ metadata }) => metadata.name)).toEqual(
      expect.arrayContaining(['gateway', 'agent-runtime', 'auth-service', 'llm-proxy']),
    );
  },

  106: () => {
    expect(addon(production, 'prometheus').spec).toMatchObject({
      destination: { namespace: 'monitoring' },
      source: { chart: 'kube-prometheus-stack', targetRevision: expect.stringMatching(/^\d+\.\d+\.\d+$/) },
    });
  },

  109: () => {
    expect(dist(`${production}/backup/BackupStorageLocation.default`).spec).toMatchObject({
      provider: 'aws',
      objectStorage: { bucket: 'codelab-backups' },
    });
    expect(JSON.stringify(valuesOf(production, 'velero').initContainers)).toMatch(/velero-plugin-for-aws:v\d/);
    expect(valuesOf(production, 'velero').credentials.useSecret).toBe(false);
  },

  110: () => {
    const { schedule, template } = dist(`${production}/backup/Schedule.daily`).spec;

    expect(schedule).toMatch(/^\d+ \d+ \* \* \*$/);
    expect(template.includedNamespaces).toContain('codelab');
  },

  111: () => {
    expect(page('runbooks/restore-a-namespace')).toContain(
      'velero restore create kiva-$(date +%Y%m%d) --from-backup daily-<time> --include-namespaces kiva',
    );
    expect(page('runbooks/restore-a-database')).toContain('recovery: { fromArchive:');
  },

  120: () => {
    type Rule = { readonly alert?: string; readonly expr: string; readonly labels?: Record<string, string> };
    const rules: readonly Rule[] = allIn(`dist/${production}`, 'PrometheusRule').flatMap(({ spec }) =>
      spec.groups.flatMap((group: { rules: Rule[] }) => group.rules),
    );
    const severityOf = (name: string) => rules.find(({ alert }) => alert === name)?.labels?.['severity'];

    // Of CodeLab's own services, whichever they are; of what they keep data in; and of the way in.
    for (const name of ['WorkloadDown', 'PostgresDown', 'RedisDown', 'GatewayErrors'])
      expect([name, severityOf(name)]).toEqual([name, 'page']);
    for (const name of ['WorkloadShort', 'PodCrashLoops', 'AutoscalerAtMaximum', 'TargetDown', 'PostgresConnectionsFull'])
      expect([name, severityOf(name)]).toEqual([name, 'ticket']);
    for (const name of ['WorkloadDown', 'PodCrashLoops', 'AutoscalerAtMaximum'])
      expect(rules.find(({ alert }) => alert === name)?.expr).not.toContain('namespace=');

    expect(
      dist(`${production}/monitoring/AlertmanagerConfig.alert-routing`).spec.receivers.map(({ name }: { name: string }) => name),
    ).toEqual(['page', 'ticket']);
  },

  121: () => {
    for (const target of targets('prod')) expect(dist(`${target}/backup/Schedule.daily`).spec.template.snapshotVolumes).toBe(true);
    expect(dist(`${production}/codelab/ScheduledBackup.postgres`).spec).toMatchObject({ cluster: { name: 'postgres' }, immediate: true });
  },
};
