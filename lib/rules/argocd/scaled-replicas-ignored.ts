import { groupOf } from '../../kubernetes/manifest';
import { problemAt } from '../delivered';
import { record, records } from '../fields';
import type { FleetRule } from '../rule';

export const scaledReplicasIgnored: FleetRule = {
  id: 'scaled-replicas-ignored',
  title: 'Differences that Applications ignore are named, and the replicas of whatever is scaled are among them.',
  why: 'Argo CD would set back the replicas that an autoscaler or Flagger has chosen; an entry without a kind or a path ignores nothing, or more than was meant.',
  fix: 'Ignore /spec/replicas of each scaled workload by group, kind, name and namespace, as lib/gitops/application-set.ts does.',
  *checkFleet(fleet) {
    for (const delivered of fleet.applications) {
      const { ignoreDifferences } = record(delivered.application.spec);
      const ignored = records(ignoreDifferences);
      for (const [i, entry] of ignored.entries()) {
        const say = (field: string, message: string) => problemAt(delivered, `/spec/ignoreDifferences/${i}${field}`, message);
        if (typeof entry.kind !== 'string' || entry.kind === '') yield say('/kind', 'is missing: Argo CD would ignore the entry');
        const lists = ['jsonPointers', 'jqPathExpressions', 'managedFieldsManagers'].filter((list) => entry[list]?.length > 0);
        if (lists.length === 0) yield say('', 'names no field to ignore');
        for (const [j, pointer] of (Array.isArray(entry.jsonPointers) ? entry.jsonPointers : []).entries()) {
          if (!String(pointer).startsWith('/')) yield say(`/jsonPointers/${j}`, `is "${pointer}", but pointers begin with "/"`);
          else if (/^\/(spec(\/template.*)?)?$/.test(String(pointer)))
            yield say(`/jsonPointers/${j}`, `is "${pointer}": Argo CD would ignore the whole object`);
        }
        for (const [j, expression] of (Array.isArray(entry.jqPathExpressions) ? entry.jqPathExpressions : []).entries()) {
          if (!isPath(String(expression))) yield say(`/jqPathExpressions/${j}`, `is "${expression}", no path of jq`);
        }
      }
      for (const { kind, metadata, spec } of fleet.appOf(delivered)?.objects ?? []) {
        const { scaleTargetRef, targetRef } = record(spec);
        const scaled = record(scaleTargetRef ?? targetRef);
        if (typeof scaled.name !== 'string' || scaled.kind !== 'Deployment') continue;
        const is = ignored.some(
          ({ group, kind: each, name, namespace, jsonPointers }) =>
            group === groupOf({ apiVersion: String(scaled.apiVersion) }) &&
            each === scaled.kind &&
            (name === undefined || name === scaled.name) &&
            (namespace === undefined || namespace === metadata.namespace) &&
            Array.isArray(jsonPointers) &&
            jsonPointers.includes('/spec/replicas'),
        );
        if (is) continue;
        const by = `${kind}/${metadata.name}`;
        yield problemAt(
          delivered,
          '/spec/ignoreDifferences',
          `do not list /spec/replicas of Deployment/${scaled.name} in ${metadata.namespace}, which ${by} sets`,
        );
      }
    }
  },
};

/** A path begins with a dot, and its brackets and quotes close. */
function isPath(expression: string): boolean {
  const closed = (open: string, close: string): boolean => expression.split(open).length === expression.split(close).length;
  return expression.startsWith('.') && closed('[', ']') && closed('(', ')') && closed('{', '}') && expression.split('"').length % 2 === 1;
}
