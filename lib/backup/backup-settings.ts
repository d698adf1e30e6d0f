import type { OwnNamespace } from '../kubernetes/namespaces';

/** What an environment decides about backups. Databases are archived in every namespace; what else holds data is named. */
export interface BackupSettings {
  /** Namespaces whose volumes and objects are kept. Models are not among them: they are fetched again. */
  readonly namespaces: readonly OwnNamespace[];

  /** Hour of the day, UTC, from which backups are made: when the fewest people work. */
  readonly hour: number;

  /** Days for which a backup is kept, and back to which a database can be restored at any second. */
  readonly keepDays: number;
}
