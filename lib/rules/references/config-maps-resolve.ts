import type { Manifest } from '../../kubernetes/manifest';
import { configMapsOf } from '../config-maps';
import { follow, path, record } from '../fields';
import { CLUSTER_CONFIG_MAPS } from '../known-externals';
import type { Rule } from '../rule';
import { missing } from './named-objects';
import { there } from './there';

const POSTGRES_QUERIES = path('/spec/monitoring/customQueriesConfigMap/*');

export const configMapsResolve: Rule = {
  id: 'config-maps-resolve',
  title: 'Every ConfigMap that is read exists, and so does the key.',
  why: 'A pod whose ConfigMap or key is missing stays in ContainerCreating or CreateContainerConfigError.',
  fix: 'Correct the name, or pass on the ConfigMap of the construct that defines it; a reference that may be missing is marked optional.',
  *check(target) {
    const fault = (namespace: string, name: unknown, key: unknown): string | undefined => {
      if (CLUSTER_CONFIG_MAPS.has(String(name))) return undefined;
      const configMap = target.find('ConfigMap', namespace, String(name));
      if (configMap === undefined) return missing(target, 'ConfigMap', namespace, name);
      const keys = keysOf(configMap);
      return key === undefined || keys.includes(String(key))
        ? undefined
        : `reads key "${key}" of ConfigMap "${name}", which has no such key${there(keys, key)}`;
    };

    for (const workload of target.workloads) {
      for (const { name, key, optional, field } of configMapsOf(workload)) {
        const message = optional ? undefined : fault(workload.namespace, name, key);
        const at = message?.startsWith('reads key') ? field.replace(/(\/configMapKeyRef)\/name$/, '$1/key') : field;
        if (message !== undefined) yield { object: workload.object, field: at, message };
      }
    }
    for (const object of target.all('Cluster.postgresql.cnpg.io')) {
      for (const { field, value } of follow(object, POSTGRES_QUERIES)) {
        const message = fault(object.metadata.namespace ?? '', value.name, value.key);
        if (message !== undefined) yield { object, field, message };
      }
    }
  },
};

const keysOf = (configMap: Manifest): readonly string[] => [
  ...Object.keys(record(configMap.data)),
  ...Object.keys(record(configMap.binaryData)),
];
