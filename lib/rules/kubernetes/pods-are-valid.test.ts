import { problems } from '../testing/problems';

const RULE = 'pods-are-valid';
const POD = 'Deployment/web: /spec/template/spec';
const pod = (fields: object) => problems(RULE, ({ get }) => Object.assign(get('Deployment/web').spec.template.spec, fields));
const container = (fields: object) =>
  problems(RULE, ({ get }) => Object.assign(get('Deployment/web').spec.template.spec.containers[0], fields));

test.each<[string, object, string]>([
  [
    'an unknown DNS policy',
    { dnsPolicy: 'Cluster' },
    '/dnsPolicy is "Cluster", not one of ClusterFirst, ClusterFirstWithHostNet, Default, None',
  ],
  ['pods that are not restarted', { restartPolicy: 'Never' }, '/restartPolicy is Never: a Deployment takes Always alone'],
  ['no container', { containers: [] }, '/containers is empty: a pod needs a container'],
  [
    'a toleration with a value too many',
    { tolerations: [{ key: 'gpu', operator: 'Exists', value: 'x' }] },
    '/tolerations/0/value is "x", beside the operator Exists',
  ],
  [
    'a spread without a selector',
    { topologySpreadConstraints: [{ maxSkew: 1 }] },
    '/topologySpreadConstraints/0/labelSelector is missing: the constraint would count no pods',
  ],
  [
    'a skew of zero',
    { topologySpreadConstraints: [{ maxSkew: 0, labelSelector: {} }] },
    '/topologySpreadConstraints/0/maxSkew is 0, not a whole number from 1',
  ],
  ['a volume of no kind', { volumes: [{ name: 'config' }] }, '/volumes/0 has no source, such as emptyDir or configMap'],
  ['a volume twice', { volumes: [1, 2].map(() => ({ name: 'config', emptyDir: {} })) }, '/volumes/1/name is "config" a second time'],
])('fails for %s', (_, fields, message) => {
  expect(pod(fields)).toContain(`${POD}${message}`);
});

test.each<[string, object, string]>([
  ['an unknown pull policy', { imagePullPolicy: 'Sometimes' }, '/imagePullPolicy is "Sometimes", not one of Always, IfNotPresent, Never'],
  ['a variable twice', { env: [{ name: 'A', value: '' }, { name: 'A' }] }, '/env/1/name is "A" a second time'],
  ['a variable that is a number', { env: [{ name: 'A', value: 1 }] }, '/env/0/value is 1, not a text: put it into quotes'],
  ['a variable with a space', { env: [{ name: 'A B' }] }, '/env/0/name is "A B", which is no valid name of a variable'],
  ['a variable of two sources', { env: [{ name: 'A', value: 'x', valueFrom: {} }] }, '/env/0/value stands beside valueFrom: keep one'],
  ['an argument that is a number', { args: [8080] }, '/args/0 is 8080, not a text: put it into quotes'],
  ['a port twice', { ports: [{ containerPort: 80 }, { containerPort: 80 }] }, '/ports/1/containerPort is 80/TCP a second time'],
  ['a port that is none', { ports: [{ containerPort: 70000 }] }, '/ports/0/containerPort is 70000, not a port from 1 to 65535'],
  [
    'a long port name',
    { ports: [{ name: 'prometheus-metrics', containerPort: 1 }] },
    '/ports/0/name is "prometheus-metrics", which is no valid name of a port: at most 15 lower-case letters, digits and dashes',
  ],
  [
    'a mount at a relative path',
    { volumeMounts: [{ name: 'config', mountPath: 'etc' }] },
    '/volumeMounts/0/mountPath is "etc", not a path from the root',
  ],
  ['a mount nowhere', { volumeMounts: [{ name: 'config' }] }, '/volumeMounts/0/mountPath is missing, not a path from the root'],
  [
    'two mounts in one place',
    { volumeMounts: [1, 2].map(() => ({ name: 'config', mountPath: '/etc' })) },
    '/volumeMounts/1/mountPath is /etc a second time',
  ],
])('fails for a container with %s', (_, fields, message) => {
  expect(container(fields)).toEqual([`${POD}/containers/0${message} (container web)`]);
});

test('accepts one port of two protocols', () => {
  const ports = ['TCP', 'UDP'].map((protocol) => ({ name: `dns-${protocol.toLowerCase()}`, containerPort: 53, protocol }));

  expect(container({ ports })).toEqual([]);
});

test('wants the pods of a Job to end', () => {
  const job = (restartPolicy?: string) =>
    problems(RULE, ({ add }) =>
      add({
        ...{ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'once', namespace: 'app' } },
        spec: { template: { spec: { restartPolicy, containers: [{ name: 'once' }] } } },
      }),
    );

  expect(job('OnFailure')).toEqual([]);
  expect(job()).toEqual(['Job/once: /spec/template/spec/restartPolicy is missing, and so Always: a Job takes Never or OnFailure alone']);
});
