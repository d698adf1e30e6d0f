import { fleetProblems } from '../testing/fleet-problems';

const RULE = 'hub-settings-work';
const AT = 'ConfigMap/argocd-cm: /data/resource.';

const told = (key: string, value: string) =>
  fleetProblems(RULE, ({ get }) => {
    get('ConfigMap/argocd-cm').data[`resource.${key}`] = value;
  });

test('accepts scripts that run, fields to leave alone and what else Argo CD knows', () => {
  expect([
    ...told('customizations.health.apps_Deployment', 'if obj.x then\n  return { status = "Healthy" }\nend\nreturn { status = "Degraded" }'),
    ...told('customizations.ignoreDifferences.all', 'managedFieldsManagers: [flagger]\n'),
    ...told('customizations.actions.apps_Deployment', 'discovery.lua: return {}\ndefinitions: []\n'),
    ...told('compareoptions', 'ignoreAggregatedRoles: true\n'),
    ...told('exclusions', '[]'),
  ]).toEqual([]);
});

test.each([
  ['customizations.health.apps_Deployment', 'return {', 'never closes its "{": every object of the kind would be Unknown'],
  [
    'customizations.health.apps_Deployment',
    'return { status = "healthy" }',
    'answers "healthy", which is no state (there: Healthy, Degraded, Missing, Progressing, Suspended, and 1 more)',
  ],
  ['customizations.health.apps.Deployment', 'return {}', 'is for "apps.Deployment", and Argo CD looks for <group>_<Kind>'],
  ['customizations.ignoreDifference.all', 'jsonPointers: [/x]', 'is of section "ignoreDifference", which Argo CD does not read'],
  ['customizations.ignoreDifferences.all', 'jsonPointer: [/x]', 'has "jsonPointer", which Argo CD does not read there'],
  ['customizations.ignoreDifferences.all', '- /spec/replicas', 'is no map of YAML'],
  ['customizations.ignoreDifferences.all', 'jsonPointers: [', 'is no YAML'],
  ['compareoptions', 'ignoreAggregatedRole: true', 'has "ignoreAggregatedRole", which Argo CD does not read there'],
])('fails for %s as %j', (key, value, message) => {
  expect(told(key, value)).toEqual([expect.stringContaining(`${AT}${key} ${message}`)]);
});

const waits = (seconds: string | undefined) =>
  fleetProblems(RULE, ({ add, app }) => {
    app('app').push({
      ...{ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'fetch', namespace: 'app' } },
      spec: { activeDeadlineSeconds: 3600 },
    });
    add({
      ...{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'argocd-cmd-params-cm', namespace: 'argocd' } },
      data: seconds === undefined ? {} : { 'controller.sync.timeout.seconds': seconds },
    });
  });

test('accepts a sync that may outlast its slowest Job, and one that nobody cuts off on purpose', () => {
  expect([...waits('3601'), ...waits('0')]).toEqual([]);
});

test.each([
  ['60', 'is 60, and Job/fetch may take 3600: its sync would fail while it runs'],
  ['1h', 'is "1h", no number of seconds'],
  [undefined, 'is missing: a sync that waits for a pod which never becomes ready would block every later commit'],
])('fails for a limit of %s', (seconds, message) => {
  expect(waits(seconds)).toEqual([`ConfigMap/argocd-cmd-params-cm: /data/controller.sync.timeout.seconds ${message}`]);
});
