import type { Manifest } from '../../kubernetes/manifest';
import { configMapsOf } from '../config-maps';
import { copiedSecrets } from '../copied-secrets';
import { follow, path, record, records } from '../fields';
import { bindingsOf, podsBehind, policiesFor, serviceAt, VIRTUAL_SERVICE } from '../istio';
import { kindOf } from '../object-key';
import { perObject } from '../per-object';
import { secretReads } from '../secret-reads';
import type { TargetIndex } from '../target-index';

/** An object that does not work before another one is there. */
export interface Need {
  readonly object: Manifest;
  readonly needs: Manifest;

  /** Whether the other one must also have come to its end, as a Job does. */
  readonly done?: boolean;
}

/** Fields that name an object of the same namespace, or of the cluster. */
const NAMED = [
  ['Database.postgresql.cnpg.io', '/spec/cluster/name', 'Cluster.postgresql.cnpg.io'],
  ['PersistentVolumeClaim', '/spec/storageClassName', 'StorageClass.storage.k8s.io'],
  ['StatefulSet.apps', '/spec/serviceName', 'Service'],
  ['HTTPRoute.gateway.networking.k8s.io', '/spec/rules/*/backendRefs/*/name', 'Service'],
  ['HTTPRoute.gateway.networking.k8s.io', '/spec/parentRefs/*/name', 'Gateway.gateway.networking.k8s.io'],
  ['HTTPRoute.gateway.networking.k8s.io', '/spec/rules/*/filters/*/extensionRef/name', 'KongPlugin.configuration.konghq.com'],
  ['HorizontalPodAutoscaler.autoscaling', '/spec/scaleTargetRef/name', 'Deployment.apps'],
  ['ExternalSecret.external-secrets.io', '/spec/secretStoreRef/name', 'ClusterSecretStore.external-secrets.io'],
  ['Certificate.cert-manager.io', '/spec/issuerRef/name', 'ClusterIssuer.cert-manager.io'],
].map(([of = '', field = '', to = '']) => {
  const way = path(field);
  return { of, namesIn: perObject((object) => follow(object, way)), to };
});

const DESTINATIONS = path('/spec/http/*/route/*/destination/host');
const PLUGINS = 'konghq.com/plugins';

/** Everything that is needed within a target; a Secret is needed as what delivers it. */
export function* needsOf(target: TargetIndex): Iterable<Need> {
  const named = (kind: string, namespace: string, name: unknown): Manifest | undefined =>
    target.find(kind, namespace, String(name)) ?? target.find(kind, '', String(name));

  for (const { of, namesIn, to } of NAMED) {
    for (const object of target.all(of)) {
      for (const { value } of namesIn(object)) yield* need(object, named(to, object.metadata.namespace ?? '', value));
    }
  }
  for (const object of target.all('HTTPRoute.gateway.networking.k8s.io')) {
    for (const name of String(object.metadata.annotations?.[PLUGINS] ?? '').split(',')) {
      yield* need(object, named('KongPlugin.configuration.konghq.com', object.metadata.namespace ?? '', name.trim()));
    }
  }
  for (const { object, namespace, name } of secretReads(target)) {
    // An issuer reads its solver's token at the first challenge, and is ready without.
    if (object.kind !== 'ClusterIssuer') yield* need(object, target.secrets.get(`${namespace}/${name}`)?.by);
  }
  for (const { object, source } of copiedSecrets(target)) yield* need(object, source?.by);
  for (const { object, field, selected } of target.selections) {
    if (kindOf(object) !== 'NetworkPolicy.networking.k8s.io' || field !== '/spec/podSelector') continue;
    // A policy for all pods of a namespace is the foundation's.
    if (Object.keys(record(object.spec?.podSelector)).length === 0) continue;
    for (const { object: pods } of selected) if (pods !== undefined) yield { object: pods, needs: object };
  }
  yield* ofVirtualServices(target);
  yield* ofWorkloads(target);
}

/** A route of Istio needs its gateway, what it leads to, and whoever asks for tokens: without those it lets everybody in. */
function* ofVirtualServices(target: TargetIndex): Iterable<Need> {
  for (const object of target.all(VIRTUAL_SERVICE)) {
    for (const { gateway } of bindingsOf(object, target)) {
      yield* need(object, gateway);
      for (const pods of gateway === undefined ? [] : podsBehind(gateway, target)) {
        for (const kind of ['RequestAuthentication.security.istio.io', 'AuthorizationPolicy.security.istio.io']) {
          for (const policy of policiesFor(kind, pods, target)) yield* need(object, policy);
        }
      }
    }
    for (const { value } of follow(object, DESTINATIONS)) {
      const service = serviceAt(String(value), object.metadata.namespace ?? '');
      if (service !== undefined) yield* need(object, target.find('Service', service.namespace, service.name));
    }
  }
}

function* ofWorkloads(target: TargetIndex): Iterable<Need> {
  for (const workload of target.workloads) {
    const { object, namespace, pod } = workload;
    yield* need(object, target.find('ServiceAccount', namespace, String(pod.serviceAccountName)));
    yield* need(object, target.find('PriorityClass.scheduling.k8s.io', '', String(pod.priorityClassName)));
    for (const { name } of configMapsOf(workload)) yield* need(object, target.find('ConfigMap', namespace, name));
    for (const { persistentVolumeClaim: claim } of records(pod.volumes)) {
      yield* need(object, target.find('PersistentVolumeClaim', namespace, String(claim?.claimName)));
    }
    yield* ofDatabases(workload, target);
    if (object.kind !== 'Job') continue;
    // The Job of a server's own image prepares something for it: a migration.
    const images = new Set(records(pod.containers).map(({ image }) => image));
    for (const server of target.workloads) {
      if (server.namespace !== namespace || server.object.kind !== 'Deployment' || target.app(server.object) !== target.app(object))
        continue;
      if (records(server.pod.containers).some(({ image }) => images.has(image))) yield { object: server.object, needs: object, done: true };
    }
  }
}

/** The databases of the clusters whose Services a pod's variables name. */
function* ofDatabases({ object, namespace, containers }: TargetIndex['workloads'][number], target: TargetIndex): Iterable<Need> {
  for (const { spec } of containers) {
    for (const { value } of records(spec.env)) {
      const [, name, where = namespace] = /^([a-z0-9-]+)-rw(?:\.([a-z0-9-]+))?/.exec(String(value)) ?? [];
      const cluster = name === undefined ? undefined : target.find('Cluster.postgresql.cnpg.io', where, name);
      if (cluster === undefined) continue;
      yield { object, needs: cluster };
      for (const database of target.all('Database.postgresql.cnpg.io')) {
        if (database.metadata.namespace === where && database.spec?.cluster?.name === name) yield { object, needs: database };
      }
    }
  }
}

function* need(object: Manifest, needs: Manifest | undefined): Iterable<Need> {
  if (needs !== undefined && needs !== object) yield { object, needs };
}
