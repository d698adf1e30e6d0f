import type { Fault, Installed } from './addon-releases';

/** Whether Velero has an agent on nodes where backups read files of volumes: without it each of them fails. */
export function* velero({ values, target, cluster }: Installed): Iterable<Fault> {
  if (target.copiesFiles !== true || values['deployNodeAgent'] === true) return;
  yield ['/deployNodeAgent', `is not true, though backups of ${cluster} read files of volumes: each of them would fail`];
}
