import type { Manifest } from '../../kubernetes/manifest';
import { Summaries } from '../fleet-summary';
import type { Installed } from './addon-releases';
import { velero } from './velero-release';

const meta = { metadata: { name: 'daily', namespace: 'velero' } };
const policy = (type: string): Manifest => ({ apiVersion: 'v1', kind: 'ConfigMap', ...meta, data: { 'policy.yaml': `type: ${type}\n` } });
const schedule = (template: object): Manifest => ({ apiVersion: 'velero.io/v1', kind: 'Schedule', ...meta, spec: { template } });

const faults = (values: object, ...manifests: readonly Manifest[]): readonly string[] => {
  const target = new Summaries().of({ environment: 'prod', region: 'us-west-2', apps: [{ name: 'backup', manifests }] });
  return [...velero({ values, target, cluster: 'prod-us-west-2' } as unknown as Installed)].map((fault) => fault.join(' '));
};

test('needs an agent on nodes only where Velero reads files', () => {
  expect(faults({ deployNodeAgent: false }, policy('snapshot'), schedule({ snapshotVolumes: true }))).toEqual([]);
  expect(faults({ deployNodeAgent: true }, policy('fs-backup'))).toEqual([]);
});

test.each([
  ['a policy', policy('fs-backup')],
  ['a schedule', schedule({ defaultVolumesToFsBackup: true })],
  ['a schedule that moves snapshots', schedule({ snapshotMoveData: true })],
])('fails without an agent where %s has Velero read files', (_, object) => {
  expect(faults({}, object)).toEqual([
    '/deployNodeAgent is not true, though backups of prod-us-west-2 read files of volumes: each of them would fail',
  ]);
});
