import type { Manifest } from '../kubernetes/manifest';
import { sharingObjects } from '../kubernetes/shared-objects';
import { perObject } from './per-object';

const configMap = (name: string): Manifest => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { a: 'b' } });
const app = (...manifests: Manifest[]) => ({ name: 'app', namespace: 'app', manifests });

test('reads an object that targets share once', () => {
  const read = jest.fn(({ metadata }: Manifest) => metadata.name);
  const remembering = perObject(read);
  const [one, other] = [configMap('shared'), configMap('shared')].flatMap((each) => sharingObjects([app(each)])[0]?.manifests ?? []);

  expect(other).toBe(one);
  expect([one, other].map((each) => remembering(each as Manifest))).toEqual(['shared', 'shared']);
  expect(read).toHaveBeenCalledTimes(1);
});

test('remembers that nothing was found', () => {
  const read = jest.fn(() => undefined);
  const [shared] = sharingObjects([app(configMap('nothing'))])[0]?.manifests ?? [];
  const remembering = perObject(read);
  remembering(shared as Manifest);
  remembering(shared as Manifest);

  expect(read).toHaveBeenCalledTimes(1);
});

test('reads an object of one target every time, as it may be changed', () => {
  const object = configMap('own');
  const remembering = perObject(({ data }) => data.a);
  remembering(object);
  object['data'].a = 'c';

  expect(remembering(object)).toBe('c');
});

test('keeps two objects of a target apart, even if they say the same', () => {
  const [{ manifests }] = sharingObjects([app(configMap('twice'), configMap('twice'))]) as [ReturnType<typeof app>];

  expect(manifests[0]).not.toBe(manifests[1]);
  expect(manifests[0]).toEqual(manifests[1]);
});
