import { add, copy, drop, remove, set } from '../edits';
import { chapter } from '../fault';
import { CACHE, DATABASE, ENGINE, FETCH, FIRST, GATEWAY, POD, SYNC_OPTIONS } from './objects';

const STORE = 'PersistentVolumeClaim/llm/model-store';

export const storage = chapter('Storage', {
  'claim-of-one-node': ['Several replicas share a claim that one node can mount.', set(STORE, '/spec/accessModes', ['ReadWriteOnce'])],
  'claim-misspelt': [
    'A pod mounts a claim that does not exist.',
    set(ENGINE, `${POD}/volumes/name=models/persistentVolumeClaim/claimName`, 'models'),
  ],
  'claim-removed': ['A claim that pods mount is gone.', remove('PersistentVolumeClaim/llm/compile-cache')],
  'claim-class-misspelt': ['A claim names a storage class that does not exist.', set(STORE, '/spec/storageClassName', 'model-share')],
  'claim-template-class-misspelt': [
    'A StatefulSet’s claims name a storage class that does not exist.',
    set(CACHE, '/spec/volumeClaimTemplates/0/spec/storageClassName', 'gp3'),
  ],
  'database-class-misspelt': [
    'A database names a storage class that does not exist.',
    set(DATABASE, '/spec/storage/storageClass', 'data-blocks'),
  ],
  'class-removed': ['A storage class that claims name is gone.', remove('StorageClass/data-block')],
  'class-deletes-volumes': [
    'A storage class deletes volumes together with their claims.',
    set('StorageClass/data-block', '/reclaimPolicy', 'Delete'),
  ],
  'claim-size-malformed': ['A claim’s size is no quantity.', set(STORE, '/spec/resources/requests/storage', '200GB')],
  'claim-without-size': ['A claim asks for no size.', drop(STORE, '/spec/resources')],
  'claim-prunable': ['A sync may delete the claim that holds the models.', drop(STORE, SYNC_OPTIONS)],
  'cache-prunable': ['A sync may delete a StatefulSet with its data.', drop(CACHE, SYNC_OPTIONS)],
  'database-prunable': ['A sync may delete the database.', set(DATABASE, SYNC_OPTIONS, 'SkipDryRunOnMissingResource=true')],
  'namespace-prunable': ['A sync may delete a namespace with everything in it.', drop('Namespace/litellm', SYNC_OPTIONS)],
  'cache-claims-deleted': [
    'The claims of a StatefulSet go with it.',
    set(CACHE, '/spec/persistentVolumeClaimRetentionPolicy/whenDeleted', 'Delete'),
  ],
  'mount-without-volume': [
    'A container mounts a volume that the pod does not have.',
    set(GATEWAY, `${FIRST}/volumeMounts/1/name`, 'scratch'),
  ],
  'mount-path-twice': ['A container mounts two volumes in one place.', set(GATEWAY, `${FIRST}/volumeMounts/1/mountPath`, '/etc/litellm')],
  'mount-path-missing': ['A container mounts a volume nowhere.', drop(GATEWAY, `${FIRST}/volumeMounts/1/mountPath`)],
  'volume-twice': ['Two volumes of a pod share a name.', set(GATEWAY, `${POD}/volumes/1/name`, 'config')],
  'volume-without-source': ['A volume is of no kind.', drop(GATEWAY, `${POD}/volumes/name=tmp/emptyDir`)],
  'volume-unlimited': ['A scratch volume may fill the node’s disk.', set(GATEWAY, `${POD}/volumes/name=tmp/emptyDir`, {})],
  'shared-memory-above-limit': [
    'Shared memory may grow beyond the memory of the container.',
    set(ENGINE, `${POD}/volumes/name=shared-memory/emptyDir/sizeLimit`, '64Gi'),
  ],
  'shared-memory-missing': [
    'The engine shards its model, and shared memory has 64 MiB.',
    drop(ENGINE, `${FIRST}/volumeMounts/mountPath=~1dev~1shm`),
  ],
  'shared-memory-on-disk': ['Shared memory is a folder of the disk.', drop(ENGINE, `${POD}/volumes/name=shared-memory/emptyDir/medium`)],
  'models-unreadable-for-fetch': [
    'The Job that fetches models mounts them read-only.',
    set(FETCH, `${FIRST}/volumeMounts/name=models/readOnly`, true),
  ],
  'stateful-set-service-misspelt': [
    'A StatefulSet names a Service that does not exist.',
    set(CACHE, '/spec/serviceName', 'redis-headless'),
  ],
  'stateful-set-service-not-headless': [
    'The Service that gives a StatefulSet’s pods their names has an address of its own.',
    drop('Service/litellm/redis', '/spec/clusterIP'),
  ],
  'claim-unused': [
    'A claim that nobody mounts is paid for.',
    add('llm-models', 'PersistentVolumeClaim/old-models', 'llm', {
      apiVersion: 'v1',
      metadata: { annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' } },
      spec: { accessModes: ['ReadWriteMany'], storageClassName: 'model-shared', resources: { requests: { storage: '100Gi' } } },
    }),
  ],
  'chat-data-abroad': [
    'What the chat keeps is kept outside of the European Union.',
    copy('PersistentVolumeClaim/llm/model-store', 'open-webui-files', { '/metadata/namespace': 'kiva' }),
  ],
});
