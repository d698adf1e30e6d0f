import { follow, path, record, records } from '../fields';
import { CLUSTER_PRIORITY_CLASSES } from '../known-externals';
import type { Problem, Rule } from '../rule';
import { selects } from '../selector';
import type { TargetIndex } from '../target-index';
import { dangling, missing, type NameField } from './named-objects';
import { there } from './there';

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
  title: 'Every class, issuer, secret store, database cluster and address pool that is named exists, and every pool is announced.',
  why: 'What names a class, an issuer, a store or a pool that does not exist waits for it: the pod, the certificate, the Secret or the address never comes. Addresses of a pool that nobody announces are given to Services, and nobody reaches them.',
  fix: 'Take the name from the construct that defines the object; what belongs to the whole cluster is defined in lib/foundation/.',
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
    yield* refused(target);
    yield* ownerless(target);
    yield* unannounced(target);
    for (const object of target.objects) {
      const issuer = object.metadata.annotations?.[ISSUER_ANNOTATION];
      if (issuer === undefined || target.exists('ClusterIssuer.cert-manager.io', '', issuer)) continue;
      const message = missing(target, 'ClusterIssuer.cert-manager.io', '', issuer);
      yield { object, field: '/metadata/annotations/cert-manager.io~1cluster-issuer', message };
    }
  },
};

/** A cluster-wide store may serve some namespaces only. */
function* refused(target: TargetIndex): Iterable<Problem> {
  for (const object of target.all('ExternalSecret.external-secrets.io')) {
    const { kind, name } = object.spec?.secretStoreRef ?? {};
    const store = kind === 'ClusterSecretStore' ? target.find('ClusterSecretStore.external-secrets.io', '', name) : undefined;
    const conditions = records(store?.spec?.conditions);
    const { namespace } = object.metadata;
    if (conditions.length === 0 || conditions.some(({ namespaces }) => !Array.isArray(namespaces) || namespaces.includes(namespace)))
      continue;
    yield { object, field: '/spec/secretStoreRef/name', message: `names ClusterSecretStore "${name}", which does not serve ${namespace}` };
  }
}

/** MetalLB tells the network of addresses only where it is told to: of all pools, or of those that are named or selected. */
function* unannounced(target: TargetIndex): Iterable<Problem> {
  const announcements = ['L2Advertisement', 'BGPAdvertisement'].flatMap((kind) => target.all(`${kind}.metallb.io`));
  for (const object of target.all('IPAddressPool.metallb.io')) {
    const announced = announcements.some(({ metadata, spec }) => {
      const { ipAddressPools, ipAddressPoolSelectors } = record(spec);
      if (metadata.namespace !== object.metadata.namespace) return false;
      if (ipAddressPools === undefined && ipAddressPoolSelectors === undefined) return true;
      const named = Array.isArray(ipAddressPools) && ipAddressPools.includes(object.metadata.name);
      return named || records(ipAddressPoolSelectors).some((selector) => selects(selector, object.metadata.labels ?? {}));
    });
    if (announced) continue;
    yield { object, field: '/metadata/name', message: 'is the name of a pool that no L2Advertisement and no BGPAdvertisement announces' };
  }
}

/** A database belongs to a role that its cluster manages. */
function* ownerless(target: TargetIndex): Iterable<Problem> {
  for (const object of target.all('Database.postgresql.cnpg.io')) {
    const { cluster: reference, owner } = object.spec ?? {};
    const cluster = target.find(POSTGRES, object.metadata.namespace ?? '', reference?.name);
    if (cluster === undefined) continue;
    const roles = [cluster.spec?.bootstrap?.initdb?.owner ?? 'app', ...records(cluster.spec?.managed?.roles).map(({ name }) => name)];
    if (!roles.includes(owner))
      yield { object, field: '/spec/owner', message: `is "${owner}", which is no role of the cluster${there(roles)}` };
  }
}
