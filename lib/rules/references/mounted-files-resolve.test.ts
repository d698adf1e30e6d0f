import { problems } from '../testing/problems';
import type { Draft } from '../testing/sample-target';

const container = (change: (container: Draft, pod: Draft) => void) =>
  problems('mounted-files-resolve', ({ get }) => {
    const { spec } = get('Deployment/web').spec.template;
    change(spec.containers[0], spec);
  });

test('fails for a command, an argument and a variable that name a file that is not there', () => {
  const found = container((web) => {
    web.command = ['/bin/sh', '/etc/web/start.sh'];
    web.args = ['--config=/etc/web/config.yaml'];
    web.env.push({ name: 'CONFIG', value: '/etc/web/config.toml' });
  });

  expect(found).toEqual(
    [
      ['command/1', 'start.sh'],
      ['args/0', 'config.yaml'],
      ['env/1/value', 'config.toml'],
    ].map(
      ([field, file]) =>
        `Deployment/web: /spec/template/spec/containers/0/${field} names /etc/web/${file}, which volume "config" does not hold (there: config.json)`,
    ),
  );
});

test('fails for a Secret that is mounted in part', () => {
  const found = container((web, pod) => {
    pod.volumes.push({ name: 'keys', secret: { secretName: 'web-keys', items: [{ key: 'api-key', path: 'key' }] } });
    web.volumeMounts.push({ name: 'keys', mountPath: '/keys' });
    web.args = ['--key-file=/keys/api-key'];
  });

  expect(found).toHaveLength(1);
});

test('accepts files that are there, and files of other folders', () => {
  expect(
    container((web) => {
      web.args = ['--config', '/etc/web/config.json', '/backup/etc/web/other.json', '/etc/web'];
    }),
  ).toEqual([]);
});
