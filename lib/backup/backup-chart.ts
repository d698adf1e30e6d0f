import type { App } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';

import {
  BackupStorageLocationSpecAccessMode as AccessMode,
  BackupStorageLocation,
  Schedule,
  VolumeSnapshotLocation,
} from '../../imports/velero.io';
import { AppChart } from '../kubernetes/app-chart';
import { MODEL_SHARED } from '../kubernetes/storage-classes';
import { fromAddon } from '../kubernetes/sync-options';
import { beforeWorkloads, stores } from '../kubernetes/sync-wave';
import { AlertRules } from '../observability/alert-rules';
import { backupPlaceOf } from '../regions/backup-place';
import type { Region } from '../regions/region';
import { backupAlerts } from './backup-alerts';
import type { BackupSettings } from './backup-settings';
import { objectStorage, snapshots } from './locations';

/** Properties for `BackupChart`. */
export interface BackupChartProps {
  readonly region: Region;
  readonly settings: BackupSettings;
}

/** Name of the two places, objects and snapshots, and what Velero takes where nobody names one. */
const PLACE = 'default';

/** Name of the schedule, with which the name of each backup begins. */
const SCHEDULE = 'daily';

/**
 * What has another source: secrets come from the store, databases from their own archive, which knows every second, and
 * events from nobody who would miss them.
 */
const ELSEWHERE = [
  ...['secrets', 'events', 'events.events.k8s.io'],
  ...['clusters', 'databases', 'scheduledbackups', 'backups'].map((kind) => `${kind}.postgresql.cnpg.io`),
];

/** Daily backups of volumes and objects by Velero: where to, of what, for how long, and who hears of one that failed. */
export class BackupChart extends AppChart {
  constructor(app: App, id: string, { region, settings: { namespaces, hour, keepDays } }: BackupChartProps) {
    super(app, id, 'velero');

    const place = backupPlaceOf(region);
    const policy = 'volume-policy';
    const annotations = { ...stores, ...fromAddon };

    new BackupStorageLocation(this, 'objects', {
      metadata: { name: PLACE, annotations },
      spec: { ...objectStorage(place), default: true, accessMode: AccessMode.READ_WRITE },
    });
    new VolumeSnapshotLocation(this, 'snapshots', { metadata: { name: PLACE, annotations }, spec: snapshots(place) });
    new k8s.KubeConfigMap(this, 'policy', {
      metadata: { name: policy, annotations: beforeWorkloads },
      data: { 'policy.yaml': JSON.stringify(volumePolicy(region)) },
    });
    new Schedule(this, 'schedule', {
      metadata: { name: SCHEDULE, annotations: fromAddon },
      spec: {
        schedule: `30 ${hour} * * *`,
        useOwnerReferencesInBackup: false, // backups outlive the schedule
        template: {
          includedNamespaces: [...namespaces],
          excludedNamespaceScopedResources: ELSEWHERE,
          // Pods and volumes of databases.
          labelSelector: { matchExpressions: [{ key: 'cnpg.io/cluster', operator: 'DoesNotExist' }] },
          resourcePolicy: { kind: 'configmap', name: policy },
          snapshotVolumes: true,
          storageLocation: PLACE,
          volumeSnapshotLocations: [PLACE],
          ttl: `${24 * keepDays}h0m0s`,
        },
      },
    });
    new AlertRules(this, 'backup', { group: 'backup', alerts: backupAlerts(SCHEDULE) });
  }
}

/**
 * How each volume is copied: a disk by a snapshot, which is of one moment and so holds what a server finds after a loss of
 * power; shared files, of which no cloud takes snapshots everywhere, one by one.
 */
function volumePolicy({ name, platform: { storage } }: Region): object {
  if (storage.snapshotDriver === undefined) {
    throw new RangeError(`Cannot back up volumes in "${name}" as its platform takes no snapshots: leave out backup`);
  }
  return {
    version: 'v1',
    volumePolicies: [
      { conditions: { csi: { driver: storage.snapshotDriver } }, action: { type: 'snapshot' } },
      { conditions: { storageClass: [MODEL_SHARED] }, action: { type: 'fs-backup' } },
    ],
  };
}
