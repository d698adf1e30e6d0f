import { problems } from '../testing/problems';

const memory = (value: unknown) =>
  problems('quantities-parse', ({ get }) => {
    get('Deployment/web').spec.template.spec.containers[0].resources.limits.memory = value;
  });

test('accepts quantities', () => {
  for (const value of ['1Gi', '1.5G', '1024Ki', 1048576, '1e9', '0']) expect(memory(value)).toEqual([]);
});

test.each(['4GB', '2 Gi', 'lots', '-1Gi', true])('fails for %p', (value) => {
  expect(memory(value)).toEqual([
    `Deployment/web: /spec/template/spec/containers/0/resources/limits/memory is ${JSON.stringify(value)}, which is no quantity`,
  ]);
});

test('fails for memory without its suffix', () => {
  expect(memory('512')).toEqual([expect.stringContaining('is "512", less than 1 KiB: a suffix such as Mi or Gi is missing')]);
  expect(memory('400m')).toHaveLength(1);
});

test('fails for sizes of volumes and databases', () => {
  expect(
    problems('quantities-parse', ({ get }) => {
      get('Cluster/database').spec.storage.size = '10 GB';
      get('PersistentVolumeClaim/models').spec.resources = { requests: { storage: '200' } };
      get('Deployment/web').spec.template.spec.volumes.push({ name: 'tmp', emptyDir: { sizeLimit: 'big' } });
    }),
  ).toEqual([
    'Deployment/web: /spec/template/spec/volumes/1/emptyDir/sizeLimit is "big", which is no quantity',
    expect.stringContaining('PersistentVolumeClaim/models: /spec/resources/requests/storage is "200", less than 1 KiB'),
    'Cluster/database: /spec/storage/size is "10 GB", which is no quantity',
  ]);
});
