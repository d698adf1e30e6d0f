import { problems } from '../testing/problems';
import type { Draft } from '../testing/sample-target';

const RBAC = 'rbac.authorization.k8s.io';
const COLLECTOR = 'processors:\n  k8sattributes:\n    auth_type: serviceAccount\n';
const SCHEDULER = 'leaderElection:\n  leaderElect: true\n  resourceName: gpu-scheduler\nprofiles: []\n';
const reads = { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] };
const leases = (resourceNames: readonly string[]) => ({
  apiGroups: ['coordination.k8s.io'],
  resources: ['leases'],
  verbs: ['get', 'update'],
  resourceNames,
});

/** The web server, told to do something, with a role of these rules. */
const allowed = (file: string, rules: readonly Draft[], account = 'web') =>
  problems('rights-are-enough', ({ get, add }) => {
    get('ConfigMap/web-config').data['config.yaml'] = file;
    Object.assign(get('Deployment/web').spec.template.spec, { serviceAccountName: 'web', automountServiceAccountToken: true });
    const subjects = [{ kind: 'ServiceAccount', name: account, namespace: 'app' }];
    add(
      { apiVersion: `${RBAC}/v1`, kind: 'ClusterRole', metadata: { name: 'web' }, rules },
      {
        apiVersion: `${RBAC}/v1`,
        kind: 'ClusterRoleBinding',
        metadata: { name: 'web' },
        roleRef: { kind: 'ClusterRole', name: 'web' },
        subjects,
      },
    );
  });
const AT = 'Deployment/web: /spec/template/spec/serviceAccountName is web, which may not';

test('accepts rights to what the file has the program do', () => {
  expect(allowed(COLLECTOR, [reads])).toEqual([]);
  expect(allowed(SCHEDULER, [leases(['gpu-scheduler'])])).toEqual([]);
  expect(allowed('settings: {}\n', [])).toEqual([]);
});

test('fails for a right to something else', () => {
  expect(allowed(COLLECTOR, [{ ...reads, resources: ['nodes'] }])).toEqual([
    `${AT} get pods: what it collects would come without names of pods`,
  ]);
  expect(allowed(COLLECTOR, [{ ...reads, verbs: ['get', 'list'] }])).toEqual([
    `${AT} watch pods: what it collects would come without names of pods`,
  ]);
});

test('fails for the lease of another name', () => {
  expect(allowed(SCHEDULER, [leases(['kube-scheduler'])])).toEqual([
    `${AT} get leases "gpu-scheduler": without the lease it leads nobody, and does nothing`,
  ]);
});

test('fails for an account of the target that no role is bound to', () => {
  expect(allowed(COLLECTOR, [reads], 'another')).toEqual([`${AT} get pods: what it collects would come without names of pods`]);
});

test('says nothing of an account from elsewhere, whose rights come from there', () => {
  expect(
    problems('rights-are-enough', ({ get }) => {
      get('ConfigMap/web-config').data['config.yaml'] = COLLECTOR;
      Object.assign(get('Deployment/web').spec.template.spec, { serviceAccountName: 'of-a-chart', automountServiceAccountToken: true });
    }),
  ).toEqual([]);
});

test('fails for a Prometheus that finds nothing behind its monitors', () => {
  const prometheus = (resources: readonly string[]) =>
    problems('rights-are-enough', ({ add }) =>
      add(
        ...[
          {
            apiVersion: 'monitoring.coreos.com/v1',
            kind: 'Prometheus',
            metadata: { name: 'all', namespace: 'monitoring' },
            spec: { serviceAccountName: 'all' },
          },
        ],
        ...[{ apiVersion: `${RBAC}/v1`, kind: 'ClusterRole', metadata: { name: 'all' }, rules: [{ ...reads, resources }] }],
        ...[
          {
            ...{
              apiVersion: `${RBAC}/v1`,
              kind: 'ClusterRoleBinding',
              metadata: { name: 'all' },
              roleRef: { kind: 'ClusterRole', name: 'all' },
            },
            subjects: [{ kind: 'ServiceAccount', name: 'all', namespace: 'monitoring' }],
          },
        ],
      ),
    );

  expect(prometheus(['pods', 'services'])).toEqual([]);
  expect(prometheus(['pods'])).toEqual([
    'Prometheus/all: /spec/serviceAccountName is all, which may not get services: it would find nothing behind ServiceMonitors',
  ]);
});
