import { path } from './fields';

/** Where a custom resource names a Secret. */
export interface SecretField {
  readonly of: string;

  /** Leads to the name, or to an object with `name` and perhaps `key` and `namespace`. */
  readonly path: readonly string[];

  /** Keys that the controller reads from it; without them the one that the field itself names, if it names one. */
  readonly keys?: readonly string[];

  /** Where the controller looks for it, if not in the namespace of the object. */
  readonly namespace?: string;
}

/** cert-manager's default cluster resource namespace, where it reads the Secrets of ClusterIssuers. */
const CLUSTER_ISSUERS = 'cert-manager';

const POSTGRES = 'Cluster.postgresql.cnpg.io';
const LOGIN = ['password', 'username'];

/** Every field of the custom resources in use that names a Secret somebody else must deliver. */
export const SECRET_FIELDS: readonly SecretField[] = [
  { of: 'AlertProvider.flagger.app', path: path('/spec/secretRef'), keys: ['address'] },
  { of: 'MetricTemplate.flagger.app', path: path('/spec/provider/secretRef') },
  { of: 'ClusterIssuer.cert-manager.io', path: path('/spec/ca/secretName'), keys: ['tls.crt', 'tls.key'], namespace: CLUSTER_ISSUERS },
  {
    of: 'ClusterIssuer.cert-manager.io',
    path: path('/spec/acme/solvers/*/dns01/cloudflare/apiTokenSecretRef'),
    namespace: CLUSTER_ISSUERS,
  },
  { of: 'Issuer.cert-manager.io', path: path('/spec/ca/secretName'), keys: ['tls.crt', 'tls.key'] },
  { of: 'Gateway.gateway.networking.k8s.io', path: path('/spec/listeners/*/tls/certificateRefs/*'), keys: ['tls.crt', 'tls.key'] },
  { of: 'Ingress.networking.k8s.io', path: path('/spec/tls/*/secretName'), keys: ['tls.crt', 'tls.key'] },
  { of: 'KongConsumer.configuration.konghq.com', path: path('/credentials/*') },
  { of: 'KongPlugin.configuration.konghq.com', path: path('/configFrom/secretKeyRef') },
  { of: 'KongPlugin.configuration.konghq.com', path: path('/configPatches/*/valueFrom/secretKeyRef') },
  { of: 'KongClusterPlugin.configuration.konghq.com', path: path('/configFrom/secretKeyRef') },
  { of: 'KongClusterPlugin.configuration.konghq.com', path: path('/configPatches/*/valueFrom/secretKeyRef') },
  { of: 'AlertmanagerConfig.monitoring.coreos.com', path: path('/spec/receivers/*/slackConfigs/*/apiURL') },
  { of: 'PodMonitor.monitoring.coreos.com', path: path('/spec/podMetricsEndpoints/*/authorization/credentials') },
  { of: 'PodMonitor.monitoring.coreos.com', path: path('/spec/podMetricsEndpoints/*/basicAuth/password') },
  { of: 'ServiceMonitor.monitoring.coreos.com', path: path('/spec/endpoints/*/authorization/credentials') },
  { of: 'ServiceMonitor.monitoring.coreos.com', path: path('/spec/endpoints/*/basicAuth/password') },
  { of: POSTGRES, path: path('/spec/bootstrap/initdb/secret'), keys: LOGIN },
  { of: POSTGRES, path: path('/spec/imagePullSecrets/*') },
  { of: POSTGRES, path: path('/spec/superuserSecret'), keys: LOGIN },
  { of: POSTGRES, path: path('/spec/managed/roles/*/passwordSecret'), keys: LOGIN },
  { of: POSTGRES, path: path('/spec/backup/barmanObjectStore/s3Credentials/accessKeyId') },
  { of: POSTGRES, path: path('/spec/backup/barmanObjectStore/s3Credentials/secretAccessKey') },
  { of: POSTGRES, path: path('/spec/externalClusters/*/password') },
];
