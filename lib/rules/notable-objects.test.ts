import { notableObjects } from './notable-objects';

const configMap = (name: string, data: Record<string, string>) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data });

const names = (objects: readonly { readonly metadata: { readonly name: string } }[]) => objects.map(({ metadata }) => metadata.name);

test('tells objects that name a host, a database or a credential from those that do not', () => {
  const { hosts, databases, credentials } = notableObjects([
    configMap('plain', { greeting: 'hello' }),
    configMap('host', { url: 'http://web.app.svc:8080' }),
    configMap('database', { url: 'postgresql://database-rw.app.svc:5432/web' }),
    configMap('token', { password: 'correct horse' }),
  ]);

  expect(names(hosts)).toEqual(['host', 'database']);
  expect(names(databases)).toEqual(['database']);
  expect(names(credentials)).toEqual(['token']);
});

test('takes an argument by the flag before it', () => {
  const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'job' }, spec: { args: ['--password', 'correct horse'] } };

  expect(names(notableObjects([job]).credentials)).toEqual(['job']);
});

test('takes a variable by its name', () => {
  const env = [{ name: 'API_KEY', value: 'correct horse' }];
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'pod' }, spec: { containers: [{ env }] } };

  expect(names(notableObjects([pod]).credentials)).toEqual(['pod']);
});
