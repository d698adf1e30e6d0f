import { drop, set } from '../edits';
import { chapter } from '../fault';
import { DATABASE, GATEWAY, GATEWAY_SCALER, GATEWAY_SECRETS, MIGRATION, ROUTE, WAVE } from './objects';

export const order = chapter('Order', {
  'config-map-late': ['A ConfigMap comes after the pods that read it.', set('ConfigMap/litellm/redis-config', WAVE, '1')],
  'secret-late': ['A Secret is delivered after the migration that reads it.', set(GATEWAY_SECRETS, WAVE, '0')],
  'account-late': ['A service account comes after the pods that run under it.', set('ServiceAccount/litellm/redis', WAVE, '2')],
  'claim-late': ['A claim comes after the Job that mounts it.', set('PersistentVolumeClaim/llm/model-store', WAVE, '0')],
  'database-late': ['A database comes after the migration that needs it.', set('Database/litellm/litellm', WAVE, '0')],
  'database-cluster-late': ['A database cluster comes after the migration that needs it.', set(DATABASE, WAVE, '1')],
  'migration-late': ['A server starts before the migration that it needs.', set(MIGRATION, WAVE, '2')],
  'migration-before-everything': [
    'A migration runs before the database that it needs.',
    set(MIGRATION, '/metadata/annotations/argocd.argoproj.io~1hook', 'PreSync'),
  ],
  'migration-with-server': ['A migration and its server start together.', drop(MIGRATION, WAVE)],
  'namespace-late': ['A namespace comes after what lives in it.', set('Namespace/litellm', WAVE, '2')],
  'policy-late': [
    'A policy comes after the migration that it lets out.',
    set('NetworkPolicy/litellm/litellm-migration-to-postgresql', WAVE, '1'),
  ],
  'route-early': ['A route comes before its backend.', set(ROUTE, WAVE, '-3')],
  'scaler-early': ['An autoscaler comes before what it scales.', set(GATEWAY_SCALER, WAVE, '-4')],
  'store-late': ['A secret store comes after the secret that it delivers.', set('ClusterSecretStore/platform', WAVE, '1')],
  'service-late': ['A StatefulSet’s Service comes after its pods.', set('Service/litellm/redis', WAVE, '3')],
  'priority-class-late': ['A priority class comes after the pods that name it.', set('PriorityClass/gpu-inference', WAVE, '5')],
  'storage-class-late': ['A storage class comes after everything that needs it.', set('StorageClass/data-block', WAVE, '5')],
  'plugin-late': ['A plugin comes after the route that names it.', set('KongPlugin/litellm/litellm-api-rate-limit', WAVE, '3')],
  'server-early': ['A server starts before its database and its migration.', set(GATEWAY, WAVE, '-4')],
});
