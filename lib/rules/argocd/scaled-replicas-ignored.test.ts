import { fleetProblems } from '../testing/fleet-problems';
import type { Draft } from '../testing/sample-target';

const ignored = (change: (entries: Draft) => void) =>
  fleetProblems('scaled-replicas-ignored', ({ get }) => change(get('ApplicationSet/inference-prod').spec.template.spec.ignoreDifferences));
const AT = 'ApplicationSet/inference-prod: /spec/template/spec/ignoreDifferences';

test('fails where the replicas of a scaled Deployment are not left to its scaler', () => {
  expect(ignored((entries) => void entries.pop())).toEqual([
    `${AT} do not list /spec/replicas of Deployment/model in llm, which HorizontalPodAutoscaler/model sets`,
    `${AT} do not list /spec/replicas of Deployment/model in llm, which Canary/model sets`,
  ]);
});

test('accepts an entry for every Deployment', () => {
  expect(ignored((entries) => void entries.splice(0, 2, { group: 'apps', kind: 'Deployment', jsonPointers: ['/spec/replicas'] }))).toEqual(
    [],
  );
});

test.each([
  [{ kind: '', jsonPointers: ['/spec/replicas'] }, '/kind is missing: Argo CD would ignore the entry'],
  [{ kind: 'Service' }, ' names no field to ignore'],
  [{ kind: 'Service', jsonPointers: ['spec.ports'] }, '/jsonPointers/0 is "spec.ports", but pointers begin with "/"'],
  [{ kind: 'Deployment', jsonPointers: ['/spec/template'] }, '/jsonPointers/0 is "/spec/template": Argo CD would ignore the whole object'],
  [{ kind: 'APIService', jqPathExpressions: ['.webhooks[?.caBundle'] }, '/jqPathExpressions/0 is ".webhooks[?.caBundle", no path of jq'],
])('fails for the entry %j', (entry, problem) => {
  expect(ignored((entries) => void entries.push(entry))).toEqual([`${AT}/2${problem}`]);
});

test('accepts paths of jq and managers of fields', () => {
  const entry = { kind: 'APIService', jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle'], managedFieldsManagers: ['flagger'] };

  expect(ignored((entries) => void entries.push(entry))).toEqual([]);
});
