import { type Data, records } from './fields';
import type { Workload } from './workload';

/** A place in a pod that names a ConfigMap or a Secret. */
export interface ConfigReference {
  readonly name: string;

  /** The key that is read; undefined where the whole object is. */
  readonly key: string | undefined;

  /** Whether the pod starts without it. */
  readonly optional: boolean;

  /** Where the name stands. */
  readonly field: string;
}

/** Many rules ask for the same workload's. */
const configMaps = new WeakMap<Workload, readonly ConfigReference[]>();
const podSecrets = new WeakMap<Workload, readonly ConfigReference[]>();

/** Every ConfigMap that a workload's pods read. */
export function configMapsOf(workload: Workload): readonly ConfigReference[] {
  let found = configMaps.get(workload);
  if (found === undefined) {
    found = references(workload, 'configMap', 'name');
    configMaps.set(workload, found);
  }
  return found;
}

/** Every Secret that a workload's pods read, pull secrets included. */
export function podSecretsOf(workload: Workload): readonly ConfigReference[] {
  const known = podSecrets.get(workload);
  if (known !== undefined) return known;
  const found = references(workload, 'secret', 'secretName');
  podSecrets.set(workload, found);
  records(workload.pod.imagePullSecrets).forEach(({ name }, i) => {
    found.push({ name, key: undefined, optional: false, field: `${workload.field}/imagePullSecrets/${i}/name` });
  });
  return found;
}

function references({ pod, field, containers }: Workload, type: 'configMap' | 'secret', volumeName: string): ConfigReference[] {
  const found: ConfigReference[] = [];
  const add = (source: Data, at: string, nameKey = 'name'): void => {
    if (typeof source?.[nameKey] !== 'string') return;
    const optional = source.optional === true;
    found.push({ name: source[nameKey], key: source.key, optional, field: `${at}/${nameKey}` });
    records(source.items).forEach(({ key }, i) => {
      found.push({ name: source[nameKey], key, optional, field: `${at}/items/${i}/key` });
    });
  };

  records(pod.volumes).forEach((volume, i) => {
    const at = `${field}/volumes/${i}`;
    add(volume[type], `${at}/${type}`, volumeName);
    records(volume.projected?.sources).forEach((source, j) => void add(source[type], `${at}/projected/sources/${j}/${type}`));
  });
  for (const container of containers) {
    records(container.spec.envFrom).forEach((source, i) => void add(source[`${type}Ref`], `${container.field}/envFrom/${i}/${type}Ref`));
    records(container.spec.env).forEach(({ valueFrom }, i) => {
      add(valueFrom?.[`${type}KeyRef`], `${container.field}/env/${i}/valueFrom/${type}KeyRef`);
    });
  }
  return found;
}
