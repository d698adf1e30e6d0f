import type { Manifest } from '../../kubernetes/manifest';
import { record } from '../fields';
import type { Rule } from '../rule';
import type { TargetIndex } from '../target-index';

const CLUSTER = 'Cluster.postgresql.cnpg.io';
const LOCATION = 'BackupStorageLocation.velero.io';

/** A folder of a bucket that one object writes to. */
interface Place {
  readonly object: Manifest;
  readonly field: string;

  /** With a slash at its end, so that a folder begins with the one that holds it. */
  readonly folder: string;

  /** What of the folder is the object’s own, where others may write beside it. */
  readonly name: string;
}

export const archivesAreApart: Rule = {
  id: 'archives-are-apart',
  title: 'Every database and every backup has a folder of its own, which says whose it is.',
  why: 'Two clusters in one archive write over each other’s history, and neither can be restored. A storage location of Velero that holds folders of others is unavailable, and no backup is made.',
  fix: 'Take the folder from PostgresCluster of lib/data/postgres.ts, which ends in the namespace, and the prefix of lib/backup.',
  *check(target) {
    const places = placesOf(target);
    for (const [i, { object, field, folder, name }] of places.entries()) {
      const { namespace = '' } = object.metadata;
      const other = places.find((each, j) => j !== i && (each.folder === folder ? j < i : each.folder.startsWith(folder)));
      if (other !== undefined) {
        const of = `${other.object.kind}/${other.object.metadata.name} in ${other.object.metadata.namespace}`;
        const same = other.name === name ? `is also the archive of ${of}` : `is a folder that ${of} writes to as well`;
        const message = other.folder === folder ? same : `holds ${other.folder}, the folder of ${of}`;
        yield { object, field, message };
      } else if (object.kind === 'Cluster' && !`${pathOf(folder)}${name}`.includes(namespace)) {
        const message = `is ${folder}, which does not say that it is of ${namespace}: a cluster "${object.metadata.name}" elsewhere would write there too`;
        yield { object, field, message };
      }
    }
  },
};

/** Without the bucket, or the account and its container. */
const pathOf = (folder: string): string => folder.replace(/^https:\/\/[^/]*\/[^/]*|^[a-z0-9]+:\/\/[^/]*/, '');

function placesOf(target: TargetIndex): readonly Place[] {
  const places: Place[] = [];
  for (const object of target.all(CLUSTER)) {
    const { destinationPath, serverName = object.metadata.name } = record(record(record(object.spec).backup).barmanObjectStore);
    if (typeof destinationPath !== 'string') continue;
    const folder = `${destinationPath.replace(/\/+$/, '')}/`;
    places.push({ object, field: '/spec/backup/barmanObjectStore/destinationPath', folder, name: String(serverName) });
  }
  for (const object of target.all(LOCATION)) {
    const { provider, objectStorage, config } = record(object.spec);
    const { bucket, prefix = '' } = record(objectStorage);
    const root = rootOf(String(provider), String(bucket), String(record(config).storageAccount));
    if (root === undefined) continue;
    const folder = `${root}/${prefix}`.replace(/\/*$/, '/');
    places.push({ object, field: '/spec/objectStorage/prefix', folder, name: '' });
  }
  return places;
}

/** A bucket, as archives name it. */
function rootOf(provider: string, bucket: string, account: string): string | undefined {
  const kind = provider.replace(/^velero\.io\//, '');
  if (kind === 'aws') return `s3://${bucket}`;
  if (kind === 'gcp') return `gs://${bucket}`;
  return kind === 'azure' ? `https://${account}.blob.core.windows.net/${bucket}` : undefined;
}
