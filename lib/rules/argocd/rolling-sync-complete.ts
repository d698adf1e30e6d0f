import type { Manifest } from '../../kubernetes/manifest';
import type { Delivered } from '../delivered';
import { record, records } from '../fields';
import type { FleetIndex } from '../fleet-index';
import { there } from '../references/there';
import type { FleetRule, Problem } from '../rule';

const SWITCH = 'applicationsetcontroller.enable.progressive.syncs';

interface Step {
  readonly field: string;
  readonly expressions: readonly Readonly<Record<string, unknown>>[];
  readonly maxUpdate: unknown;
}

export const rollingSyncComplete: FleetRule = {
  id: 'rolling-sync-complete',
  title: 'Where regions sync in steps, every Application is in exactly one step, and Argo CD is told to take steps.',
  why: 'An Application in no step is never synced, one in two steps is refused, and without the switch of the controller all regions sync at once.',
  fix: `Make the steps from the rings of the elements, as lib/gitops/rolling-sync.ts does, and set ${SWITCH}: "true" in ConfigMap/argocd-cmd-params-cm.`,
  *checkFleet(fleet) {
    for (const object of fleet.hub.all('ApplicationSet.argoproj.io')) {
      const { type, rollingSync } = record(record(object.spec).strategy);
      if (type === undefined && rollingSync === undefined) continue;
      if (type !== 'RollingSync') {
        if (type !== 'AllAtOnce')
          yield { object, field: '/spec/strategy/type', message: `is "${type}", which Argo CD takes for AllAtOnce` };
        continue;
      }
      yield* stepProblems(
        object,
        rollingSync,
        fleet.applications.filter(({ owner }) => owner === object),
      );
      yield* settingProblems(object, fleet);
    }
  },
};

function* stepProblems(object: Manifest, rollingSync: unknown, applications: readonly Delivered[]): Iterable<Problem> {
  const steps = records(record(rollingSync)['steps']).map(
    ({ matchExpressions, maxUpdate }, i): Step => ({
      field: `/spec/strategy/rollingSync/steps/${i}`,
      expressions: records(matchExpressions),
      maxUpdate,
    }),
  );
  if (steps.length === 0) yield { object, field: '/spec/strategy/rollingSync/steps', message: 'is empty' };
  const labels = Object.keys(record(record(record(object.spec?.template).metadata).labels));
  for (const { field, expressions, maxUpdate } of steps) {
    for (const [i, { key, operator }] of expressions.entries()) {
      const at = `${field}/matchExpressions/${i}`;
      if (operator !== 'In' && operator !== 'NotIn')
        yield { object, field: `${at}/operator`, message: `is "${operator}", neither In nor NotIn` };
      if (labels.includes(String(key))) continue;
      yield { object, field: `${at}/key`, message: `is "${key}", which is no label of the template${there(labels)}` };
    }
    if (!isUpdate(maxUpdate))
      yield { object, field: `${field}/maxUpdate`, message: `is ${JSON.stringify(maxUpdate)}: nothing would be synced` };
    if (!applications.some((application) => isIn(application, expressions))) {
      yield { object, field: `${field}/matchExpressions`, message: 'select no Application: the step does nothing' };
    }
  }
  for (const delivered of applications) {
    const number = steps.filter(({ expressions }) => isIn(delivered, expressions)).length;
    if (number === 1) continue;
    const { name } = delivered.application.metadata;
    yield {
      object,
      field: delivered.element ?? '',
      message: `yields ${name}, which is in ${number === 0 ? 'no step' : `${number} steps`}`,
    };
  }
}

function isIn({ application }: Delivered, expressions: Step['expressions']): boolean {
  const labels = record(application.metadata.labels);
  return expressions.every(({ key, operator, values }) => {
    const listed = Array.isArray(values) && values.includes(labels[String(key)]);
    return operator === 'NotIn' ? !listed : listed && Object.hasOwn(labels, String(key));
  });
}

/** A number of Applications or a share of them; undefined means all of the step. */
function isUpdate(value: unknown): boolean {
  if (value === undefined) return true;
  if (typeof value === 'number') return Number.isInteger(value) && value >= 1;
  return typeof value === 'string' && /^([1-9]\d?|100)%$/.test(value);
}

/** What the steps need besides: Applications that would prune, and a controller that was told. */
function* settingProblems(object: Manifest, { hub }: FleetIndex): Iterable<Problem> {
  const { automated } = record(record(record(object.spec?.template).spec).syncPolicy);
  if (record(automated).prune !== true) {
    yield { object, field: '/spec/template/spec/syncPolicy/automated/prune', message: 'is not true: steps would prune nothing' };
  }
  const settings = hub.all('ConfigMap').find(({ metadata }) => metadata.name === 'argocd-cmd-params-cm');
  if (record(settings?.data)[SWITCH] === 'true') return;
  yield {
    object,
    field: '/spec/strategy',
    message: `is ignored unless ConfigMap/argocd-cmd-params-cm has "${SWITCH}": "true"`,
  };
}
