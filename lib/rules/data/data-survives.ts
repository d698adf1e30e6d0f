import type { Manifest } from '../../kubernetes/manifest';
import { record, records } from '../fields';
import { kindOf } from '../object-key';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';

/** Kinds whose removal takes data along: the volumes of a namespace, a claim or a database go with it. */
const HOLD_DATA = [
  'Namespace',
  'PersistentVolumeClaim',
  'StatefulSet.apps',
  'Cluster.postgresql.cnpg.io',
  'Database.postgresql.cnpg.io',
] as const;

const OPTIONS = 'argocd.argoproj.io/sync-options';
const FIELD = `/metadata/annotations/${OPTIONS.replace('/', '~1')}`;

export const dataSurvives: Rule = {
  id: 'data-survives',
  title: 'No sync deletes what holds data, and no volume goes with its claim.',
  why: 'Argo CD deletes what a commit no longer holds, and a storage class with reclaimPolicy Delete deletes the volume with its claim: after one wrong rename the data is gone.',
  fix: 'Annotate the object with `keep` of lib/kubernetes/sync-options.ts, and take a storage class that retains its volumes (lib/foundation/storage.ts).',
  *check(target) {
    for (const kind of HOLD_DATA) {
      for (const object of target.all(kind)) {
        const options = optionsOf(object);
        const missing = ['Prune=false', 'Delete=false'].filter((option) => !options.includes(option));
        if (missing.length > 0)
          yield { object, field: FIELD, message: `lacks ${missing.join(' and ')}: a sync may delete the object and its data` };
      }
    }
    for (const object of target.all('Canary.flagger.app')) {
      if (optionsOf(object).some((option) => option === 'Prune=confirm' || option === 'Prune=false')) continue;
      yield { object, field: FIELD, message: 'lacks Prune=confirm: a sync may delete the Canary, and Flagger the stable version with it' };
    }
    yield* fleetingVolumes(target);
  },
};

const optionsOf = ({ metadata }: Manifest): readonly string[] =>
  String(metadata.annotations?.[OPTIONS] ?? '')
    .split(',')
    .map((option) => option.trim());

function* fleetingVolumes(target: TargetIndex): Iterable<Problem> {
  const classes = new Map<string, Manifest>();
  for (const object of target.objects) for (const name of classesOf(object)) if (!classes.has(name)) classes.set(name, object);
  for (const object of target.all('StorageClass.storage.k8s.io')) {
    const user = classes.get(object.metadata.name);
    if (user === undefined || object.reclaimPolicy === 'Retain') continue;
    const message = `is ${object.reclaimPolicy ?? 'Delete by default'}: the data of ${user.kind}/${user.metadata.name} would be deleted together with its claim`;
    yield { object, field: '/reclaimPolicy', message };
  }
  for (const object of target.all('StatefulSet.apps')) {
    const policy = record(object.spec?.persistentVolumeClaimRetentionPolicy);
    for (const field of ['whenDeleted', 'whenScaled']) {
      if (policy[field] !== 'Delete') continue;
      yield {
        object,
        field: `/spec/persistentVolumeClaimRetentionPolicy/${field}`,
        message: 'is Delete: the claims and their data would be deleted too',
      };
    }
  }
}

/** Storage classes that an object asks volumes of. */
function classesOf(object: Manifest): readonly string[] {
  const { spec } = object;
  const named: Readonly<Record<string, () => readonly unknown[]>> = {
    PersistentVolumeClaim: () => [spec?.storageClassName],
    'StatefulSet.apps': () => records(spec?.volumeClaimTemplates).map((claim) => claim.spec?.storageClassName),
    'Cluster.postgresql.cnpg.io': () => [spec?.storage?.storageClass, spec?.walStorage?.storageClass],
  };
  return (named[kindOf(object)]?.() ?? []).filter((name) => typeof name === 'string');
}
