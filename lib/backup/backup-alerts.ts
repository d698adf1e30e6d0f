import type { Alert } from '../observability/alert-rules';

/** A day, and two hours for the backup itself. */
const OVERDUE_HOURS = 26;

/** What Velero and PostgreSQL tell about backups that are not made. Whether the log of a database is archived, it tells wherever it runs. */
export function backupAlerts(schedule: string): readonly Alert[] {
  const of = `{schedule="${schedule}"}`;
  const lately = (metric: string) => `sum(increase(${metric}${of}[1d]))`;
  const last = `velero_backup_last_successful_timestamp${of}`;
  return [
    {
      name: 'BackupFailed',
      expr: `${lately('velero_backup_failure_total')} + ${lately('velero_backup_partial_failure_total')} > 0`,
      ...{ for: '5m', severity: 'ticket' },
      summary: 'A backup of volumes and objects failed within the last day, as a whole or in part',
      description:
        'Users notice nothing, but what changed since the last backup has no copy. Look at what Velero says about the newest one.',
    },
    {
      // The first backup is made as soon as there is a schedule.
      name: 'BackupOverdue',
      expr: `time() - max(${last}) > ${OVERDUE_HOURS * 3600}\nor absent(${last})`,
      ...{ for: '2h', severity: 'ticket' },
      summary: `No backup of volumes and objects has been completed for ${OVERDUE_HOURS} hours`,
      description:
        'Users notice nothing, but whatever is lost today is lost from then on. Look whether Velero runs, and whether a backup hangs.',
    },
    {
      // Zero where none has ever been made.
      name: 'DatabaseBackupOverdue',
      expr: `time() - max by (namespace) (cnpg_collector_last_available_backup_timestamp) > ${OVERDUE_HOURS * 3600}`,
      ...{ for: '2h', severity: 'ticket' },
      summary: `No base backup of PostgreSQL in {{ $labels.namespace }} has been completed for ${OVERDUE_HOURS} hours`,
      description:
        'Users notice nothing, but a restore takes longer each day, and when the last base backup is too old to be kept, there is none.',
    },
  ];
}
