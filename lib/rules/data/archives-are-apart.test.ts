import { problems } from '../testing/problems';
import type { Draft } from '../testing/sample-target';

const AT = '/spec/backup/barmanObjectStore/destinationPath';

/** What the rule finds with two clusters, and Velero beside them. */
const found = (one: Draft, other: Draft, location: Draft = { provider: 'aws', objectStorage: { bucket: 'kept', prefix: 'velero' } }) =>
  problems('archives-are-apart', ({ get, add }) => {
    const second = structuredClone(get('Cluster/database'));
    second.metadata = { ...second.metadata, name: 'other', namespace: 'app' };
    second.spec.backup = { barmanObjectStore: { destinationPath: 's3://kept/app', ...other } };
    get('Cluster/database').spec.backup = { barmanObjectStore: { destinationPath: 's3://kept/llm', ...one } };
    add(second, {
      ...{ apiVersion: 'velero.io/v1', kind: 'BackupStorageLocation', metadata: { name: 'default', namespace: 'velero' } },
      spec: location,
    });
  });

test('accepts a folder for each, by its path or by the name of the server', () => {
  expect(found({}, {})).toEqual([]);
  expect(found({ destinationPath: 's3://kept/postgresql', serverName: 'llm-database-2' }, { destinationPath: 's3://else/app/' })).toEqual(
    [],
  );
  expect(found({ destinationPath: 's3://kept/app-of-llm' }, {})).toEqual([]);
});

test('fails for two clusters in one archive, and in one folder', () => {
  const both = { destinationPath: 's3://kept/llm-and-app', serverName: 'one' };

  expect(found(both, both)).toEqual([`Cluster/database: ${AT} is also the archive of Cluster/other in app`]);
  expect(found(both, { ...both, serverName: 'two' })).toEqual([
    `Cluster/database: ${AT} is a folder that Cluster/other in app writes to as well`,
  ]);
});

test('fails for a folder that holds another', () => {
  expect(found({ destinationPath: 's3://kept/app/llm' }, {})).toEqual([
    `Cluster/other: ${AT} holds s3://kept/app/llm/, the folder of Cluster/database in llm`,
  ]);
});

test('fails for Velero at the root of a bucket with archives', () => {
  expect(found({}, {}, { provider: 'velero.io/aws', objectStorage: { bucket: 'kept' } })).toEqual([
    'BackupStorageLocation/default: /spec/objectStorage/prefix holds s3://kept/app/, the folder of Cluster/other in app',
  ]);
  expect(
    found(
      { destinationPath: 'https://kept.blob.core.windows.net/nightly/llm' },
      {},
      { provider: 'azure', objectStorage: { bucket: 'nightly' }, config: { storageAccount: 'kept' } },
    ),
  ).toHaveLength(1);
});

test.each(['s3://llm', 's3://kept/postgresql', 'https://llm.blob.core.windows.net/llm'])(
  'fails for "%s", which says nothing of whose it is',
  (path) => {
    expect(found({ destinationPath: path }, {}, { provider: 'none' })).toEqual([
      `Cluster/database: ${AT} is ${path}/, which does not say that it is of llm: a cluster "database" elsewhere would write there too`,
    ]);
  },
);
