import { path, records } from '../fields';
import type { Rule } from '../rule';
import { dangling, missing, type NameField } from './named-objects';

const STORAGE_CLASS = 'StorageClass.storage.k8s.io';
const POSTGRES = 'Cluster.postgresql.cnpg.io';

const FIELDS: readonly NameField[] = [
  { of: 'PersistentVolumeClaim', path: path('/spec/storageClassName'), to: STORAGE_CLASS, scope: 'cluster' },
  { of: 'StatefulSet.apps', path: path('/spec/volumeClaimTemplates/*/spec/storageClassName'), to: STORAGE_CLASS, scope: 'cluster' },
  ...['Prometheus', 'Alertmanager'].map((kind) => ({
    of: `${kind}.monitoring.coreos.com`,
    path: path('/spec/storage/volumeClaimTemplate/spec/storageClassName'),
    to: STORAGE_CLASS,
    scope: 'cluster' as const,
  })),
  { of: POSTGRES, path: path('/spec/storage/storageClass'), to: STORAGE_CLASS, scope: 'cluster' },
  { of: POSTGRES, path: path('/spec/walStorage/storageClass'), to: STORAGE_CLASS, scope: 'cluster' },
  {
    of: POSTGRES,
    path: path('/spec/backup/volumeSnapshot/className'),
    to: 'VolumeSnapshotClass.snapshot.storage.k8s.io',
    scope: 'cluster',
  },
  { of: 'PersistentVolumeClaim', path: path('/spec/volumeName'), to: 'PersistentVolume', scope: 'cluster' },
];

export const storageResolves: Rule = {
  id: 'storage-resolves',
  title: 'Every claim, volume and storage class that is named exists.',
  why: 'A pod whose claim does not exist and a claim whose class does not exist stay Pending; the API server refuses a mount without its volume.',
  fix: 'Define the claim beside its workload (SharedVolume of lib/data/shared-volume.ts), and take storage classes from lib/kubernetes/storage-classes.ts.',
  *check(target) {
    yield* dangling(target, FIELDS);

    for (const { object, namespace, pod, field, containers } of target.workloads) {
      const volumes = new Set<unknown>(records(object.spec?.volumeClaimTemplates).map(({ metadata }) => metadata?.name));
      for (const [i, volume] of records(pod.volumes).entries()) {
        volumes.add(volume.name);
        const claim = volume.persistentVolumeClaim?.claimName;
        if (claim !== undefined && !target.exists('PersistentVolumeClaim', namespace, claim)) {
          const message = missing(target, 'PersistentVolumeClaim', namespace, claim);
          yield { object, field: `${field}/volumes/${i}/persistentVolumeClaim/claimName`, message };
        }
      }
      for (const container of containers) {
        for (const [i, { name }] of records(container.spec.volumeMounts).entries()) {
          if (volumes.has(name)) continue;
          yield {
            object,
            field: `${container.field}/volumeMounts/${i}/name`,
            message: `names volume "${name}", which the pod does not have`,
          };
        }
      }
    }
  },
};
