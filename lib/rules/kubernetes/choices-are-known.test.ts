import { behindIstio } from '../testing/behind-istio';
import { problems } from '../testing/problems';
import type { Draft, Drafts } from '../testing/sample-target';

const RULE = 'choices-are-known';
const pod = (change: (spec: Draft) => void) => problems(RULE, ({ get }) => change(get('Deployment/web').spec.template.spec));

test('accepts objects that say what Kubernetes knows', () => {
  expect(problems(RULE)).toEqual([]);
});

test('fails for words that Kubernetes does not know', () => {
  expect(
    problems(RULE, ({ get }) => {
      get('PersistentVolumeClaim/models').spec.accessModes = ['ReadWriteAll'];
      get('NetworkPolicy/default-deny').spec.policyTypes = ['Ingress', 'egress'];
      get('StorageClass/block').reclaimPolicy = 'Keep';
    }),
  ).toEqual([
    'NetworkPolicy/default-deny: /spec/policyTypes/1 is "egress", not one of Ingress, Egress',
    expect.stringMatching(/^PersistentVolumeClaim\/models: \/spec\/accessModes\/0 is "ReadWriteAll", not one of ReadWriteOnce, /),
    'StorageClass/block: /reclaimPolicy is "Keep", not one of Delete, Retain',
  ]);
});

test('looks at pods', () => {
  expect(pod((spec) => spec.volumes.push({ name: 'shm', emptyDir: { medium: 'RAM' } }))).toEqual([
    'Deployment/web: /spec/template/spec/volumes/1/emptyDir/medium is "RAM", not one of Memory, HugePages',
  ]);
  expect(pod((spec) => Object.assign(spec, { tolerations: [{ operator: 'Equals' }] }))).toHaveLength(1);
  expect(pod((spec) => Object.assign(spec, { terminationGracePeriodSeconds: '30s' }))).toEqual([
    'Deployment/web: /spec/template/spec/terminationGracePeriodSeconds is "30s", not a whole number from 0',
  ]);
});

test('fails for a Job whose tries are not counted', () => {
  const job = (spec: object) =>
    problems(RULE, ({ add }) =>
      add({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'once', namespace: 'app' }, spec: { template: {}, ...spec } }),
    );

  expect(job({ backoffLimit: 3 })).toEqual([]);
  expect(job({ backoffLimit: -1 })).toEqual(['Job/once: /spec/backoffLimit is -1, not a whole number from 0']);
});

test('fails for a path that does not begin at the root', () => {
  const match = (type: string, value: string) =>
    problems(RULE, ({ get }) => Object.assign(get('HTTPRoute/web').spec, { rules: [{ matches: [{ path: { type, value } }] }] }));

  expect(match('PathPrefix', '/v1')).toEqual([]);
  expect(match('PathPrefix', 'v1')).toEqual([
    'HTTPRoute/web: /spec/rules/0/matches/0/path/value is "v1", which does not begin with a slash',
  ]);
  expect(match('RegularExpression', 'v[0-9]+')).toEqual([]);
});

test('knows the words of Istio', () => {
  const found = (change: (drafts: Drafts) => void) =>
    problems(RULE, (drafts) => {
      behindIstio(drafts);
      change(drafts);
    });

  expect(found(() => {})).toEqual([]);
  expect(
    found(({ get }) => {
      Object.assign(get('Gateway/models').spec.servers[1], { tls: { mode: 'Simple' } });
      get('AuthorizationPolicy/models').spec.action = 'REFUSE';
    }),
  ).toEqual([
    expect.stringMatching(/^Gateway\/models: \/spec\/servers\/1\/tls\/mode is "Simple", not one of PASSTHROUGH, SIMPLE, /),
    'AuthorizationPolicy/models: /spec/action is "REFUSE", not one of ALLOW, DENY, AUDIT, CUSTOM',
  ]);
});

test('fails for yes or no in quotes', () => {
  expect(
    problems(RULE, ({ get }) => {
      get('ServiceAccount/web').automountServiceAccountToken = 'false';
      get('Deployment/web').spec.template.spec.containers[0].securityContext.readOnlyRootFilesystem = 'true';
    }),
  ).toEqual([
    'ServiceAccount/web: /automountServiceAccountToken is "false", not one of true, false',
    'Deployment/web: /spec/template/spec/containers/0/securityContext/readOnlyRootFilesystem is "true", not one of true, false',
  ]);
});
