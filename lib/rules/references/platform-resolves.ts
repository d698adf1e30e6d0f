import { follow, path } from '../fields';
import { CLUSTER_PRIORITY_CLASSES } from '../known-externals';
import type { Rule } from '../rule';
import { dangling, missing, type NameField } from './named-objects';

const POSTGRES = 'Cluster.postgresql.cnpg.io';
const PRIORITY_CLASS = 'PriorityClass.scheduling.k8s.io';
const ISSUER_ANNOTATION = 'cert-manager.io/cluster-issuer';

const FIELDS: readonly NameField[] = [
  { of: POSTGRES, path: path('/spec/priorityClassName'), to: PRIORITY_CLASS, scope: 'cluster', except: CLUSTER_PRIORITY_CLASSES },
  {
    of: 'Gateway.gateway.networking.k8s.io',
    path: path('/spec/gatewayClassName'),
    to: 'GatewayClass.gateway.networking.k8s.io',
    scope: 'cluster',
  },
  { of: 'Database.postgresql.cnpg.io', path: path('/spec/cluster/name'), to: POSTGRES, scope: 'namespace' },
  { of: 'Pooler.postgresql.cnpg.io', path: path('/spec/cluster/name'), to: POSTGRES, scope: 'namespace' },
  { of: 'ScheduledBackup.postgresql.cnpg.io', path: path('/spec/cluster/name'), to: POSTGRES, scope: 'namespace' },
  { of: 'L2Advertisement.metallb.io', path: path('/spec/ipAddressPools/*'), to: 'IPAddressPool.metallb.io', scope: 'namespace' },
];

/** References that say themselves of which kind they are. */
const KINDED = [
  { of: 'Certificate.cert-manager.io', path: path('/spec/issuerRef'), group: 'cert-manager.io', kind: 'Issuer' },
  { of: 'ExternalSecret.external-secrets.io', path: path('/spec/secretStoreRef'), group: 'external-secrets.io', kind: 'SecretStore' },
] as const;

export const platformResolves: Rule = {
  id: 'platform-resolves',
  title: 'Every class, issuer, secret store, database cluster and address pool that is named exists.',
  why: 'What names one that does not exist stays Pending: no pod, no certificate, no Secret, no address.',
  fix: 'Take the name from the construct that defines it; what belongs to the whole cluster is defined in the foundation.',
  *check(target) {
    yield* dangling(target, FIELDS);

    for (const { object, pod, field } of target.workloads) {
      const name = pod.priorityClassName;
      if (name === undefined || CLUSTER_PRIORITY_CLASSES.has(name) || target.exists(PRIORITY_CLASS, '', name)) continue;
      yield { object, field: `${field}/priorityClassName`, message: missing(target, PRIORITY_CLASS, '', name) };
    }
    for (const { of, path, group, kind: standard } of KINDED) {
      for (const object of target.all(of)) {
        for (const { field, value } of follow(object, path)) {
          const kind = `${value.kind ?? standard}.${group}`;
          const namespace = kind.startsWith('Cluster') ? '' : (object.metadata.namespace ?? '');
          if (!target.exists(kind, namespace, value.name))
            yield { object, field: `${field}/name`, message: missing(target, kind, namespace, value.name) };
        }
      }
    }
    for (const object of target.objects) {
      const issuer = object.metadata.annotations?.[ISSUER_ANNOTATION];
      if (issuer === undefined || target.exists('ClusterIssuer.cert-manager.io', '', issuer)) continue;
      const message = missing(target, 'ClusterIssuer.cert-manager.io', '', issuer);
      yield { object, field: '/metadata/annotations/cert-manager.io~1cluster-issuer', message };
    }
  },
};
