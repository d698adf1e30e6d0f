import type { Manifest } from '../kubernetes/manifest';
import { find, synth } from '../testing/manifests';
import { MigrationJob, type MigrationJobProps } from './migration-job';

const required: MigrationJobProps = {
  namespace: 'test',
  container: { image: 'example.com/web:v1', args: ['migrate'], env: {}, scratch: { '/tmp': '64Mi' }, user: 1000, size: 'low' },
  waitFor: [{ name: 'wait-for-database' }],
  deadlineSeconds: 600,
  placement: {
    pool: { instanceType: 'c5.4xlarge', minNodes: 1, maxNodes: 1, cpus: 16, memoryGiB: 32, labels: {}, taints: [] },
    imagePullSecrets: ['registry'],
  },
};

const synthesize = (): readonly Manifest[] => synth((chart) => new MigrationJob(chart, 'web-migration', required));

test('runs at every sync, after the data and before the pods that need it', () => {
  expect(find(synthesize(), 'Job', 'web-migration').metadata.annotations).toEqual({
    'argocd.argoproj.io/hook': 'Sync',
    'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
    'argocd.argoproj.io/sync-wave': '-1',
  });
});

test('waits for what it needs, and gives up in time', () => {
  const { spec } = find(synthesize(), 'Job', 'web-migration');

  expect(spec.template.spec.initContainers).toEqual([{ name: 'wait-for-database' }]);
  expect(spec).toMatchObject({ activeDeadlineSeconds: 600, backoffLimit: 3 });
});

test('has pods that no selector of the service means', () => {
  synth((chart) => {
    const { peer } = new MigrationJob(chart, 'web-migration', required);
    const { labels } = find(chart.synthesize().manifests, 'Job', 'web-migration').spec.template.metadata;

    expect(labels).toMatchObject(peer.pods);
    expect(labels['app.kubernetes.io/name']).toBe('web-migration');
  });
});

test('has a service account that exists before it, with the secrets of the registries', () => {
  const manifests = synthesize();
  const account = find(manifests, 'ServiceAccount', 'web-migration');

  expect(find(manifests, 'Job', 'web-migration').spec.template.spec.serviceAccountName).toBe('web-migration');
  expect(account.imagePullSecrets).toEqual([{ name: 'registry' }]);
  expect(Number(account.metadata.annotations?.['argocd.argoproj.io/sync-wave'])).toBeLessThan(-1);
});
