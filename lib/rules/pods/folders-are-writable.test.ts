import { problems } from '../testing/problems';
import type { Draft } from '../testing/sample-target';

const AT = 'Deployment/web: /spec/template/spec';
const pod = (change: (pod: Draft, container: Draft) => void) =>
  problems('folders-are-writable', ({ get }) => {
    const { spec } = get('Deployment/web').spec.template;
    change(spec, spec.containers[0]);
  });
const scratch = { name: 'scratch', emptyDir: { sizeLimit: '1Gi' } };

test('accepts a folder on a volume, and one that is meant not to be there', () => {
  expect(
    pod((spec, container) => {
      spec.volumes.push(scratch);
      container.volumeMounts.push({ name: 'scratch', mountPath: '/var/scratch' });
      container.env.push({ name: 'HOME', value: '/var/scratch/home' }, { name: 'XDG_CACHE_HOME', value: '/nonexistent' });
    }),
  ).toEqual([]);
});

test('fails for a home where nothing is mounted, or what cannot be written', () => {
  expect(pod((_, { env }) => env.push({ name: 'HOME', value: '/home/web' }))).toEqual([
    `${AT}/containers/0/env/1/value is /home/web, where no volume is mounted, and the root file system is read-only (container web)`,
  ]);
  expect(
    pod((spec, container) => {
      spec.volumes.push(scratch);
      container.volumeMounts.push({ name: 'scratch', mountPath: '/tmp', readOnly: true });
      container.env.push({ name: 'TMPDIR', value: '/tmp' });
    }),
  ).toEqual([`${AT}/containers/0/env/1/value is /tmp, which is mounted read-only (container web)`]);
});

test('fails for models that are looked for where nothing is mounted', () => {
  expect(pod((_, { env }) => env.push({ name: 'OLLAMA_MODELS', value: '/root/.ollama' }))).toEqual([
    `${AT}/containers/0/env/1/value is /root/.ollama, where no volume is mounted, and the root file system is read-only (container web)`,
  ]);
});

test('fails for scratch without a limit', () => {
  expect(pod((spec) => spec.volumes.push({ name: 'scratch', emptyDir: {} }))).toEqual([
    `${AT}/volumes/1/emptyDir/sizeLimit is missing: the volume may fill the disk of the node`,
  ]);
});

test('fails for a claim that belongs to root', () => {
  const claimed = (fsGroup?: number) =>
    pod((spec, container) => {
      spec.volumes.push({ name: 'files', persistentVolumeClaim: { claimName: 'files' } });
      container.volumeMounts.push({ name: 'files', mountPath: '/files' });
      if (fsGroup !== undefined) spec.securityContext.fsGroup = fsGroup;
    });

  expect(claimed(1000)).toEqual([]);
  expect(claimed()).toEqual([`${AT}/securityContext/fsGroup is missing: volume "files" belongs to root, and the pod runs as 1000`]);
});

test.each([
  ['a server’s argument', ['server', '/store', '--address=:9000'], '/args/1 keeps data in /store'],
  ['a flag', ['--storage.tsdb.path=/store/metrics'], '/args/0 keeps data in /store/metrics'],
])('fails for data where no volume is mounted, by %s', (_, args, message) => {
  const kept = (mountPath: string) =>
    problems('folders-are-writable', ({ get }) => {
      const { spec } = get('Deployment/web').spec.template;
      spec.volumes.push({ name: 'data', emptyDir: { sizeLimit: '1Gi' } });
      spec.containers[0].volumeMounts.push({ name: 'data', mountPath });
      spec.containers[0].args = args;
    });

  expect(kept('/store')).toEqual([]);
  expect(kept('/data')).toEqual([
    `Deployment/web: /spec/template/spec/containers/0${message}, where no volume is mounted that the container may write to (container web)`,
  ]);
});
