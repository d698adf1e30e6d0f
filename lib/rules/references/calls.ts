import type { Manifest } from '../../kubernetes/manifest';
import { MESH_MEMBER, MESH_PORT } from '../../kubernetes/mesh';
import { configMapsOf, podSecretsOf } from '../config-maps';
import { behind, endpointsIn, localHost } from '../endpoints';
import { follow, path, record, records } from '../fields';
import { bindingsOf, podsBehind, serviceAt, VIRTUAL_SERVICE } from '../istio';
import type { Pods } from '../pods';
import { selectsLabels } from '../selector';
import type { TargetIndex } from '../target-index';
import { visitTexts } from '../texts';
import type { Call } from './call';
import { alerted, scraped } from './calls-of-watchers';

/** Label of a gateway's proxies, whose value is the name of their class. */
const PROXIES = 'slipway.dev/workload';

const HTTP_ROUTE = 'HTTPRoute.gateway.networking.k8s.io';
const DESTINATIONS = path('/spec/http/*/route/*/destination');
const POSTGRES = 'Cluster.postgresql.cnpg.io';

/** Every connection between pods that settings, routes, releases, monitors and operators open. */
export function* callsOf(target: TargetIndex): Iterable<Call> {
  yield* configured(target);
  yield* routed(target);
  yield* ofEveryRoute(target);
  yield* routedByIstio(target);
  yield* released(target);
  yield* scraped(target);
  yield* alerted(target);
  yield* operated(target);
}

/** Hosts in the environment, the arguments, the ConfigMaps and the Secrets of pods. */
function* configured(target: TargetIndex): Iterable<Call> {
  for (const workload of target.workloads) {
    const { object, namespace, containers } = workload;
    const callers = (target.pods.get(namespace) ?? []).filter((pods) => pods.object === object);
    const calls = function* (text: unknown, where: Manifest, at: string): Iterable<Call> {
      for (const answering of endpointsIn(String(text), target)) yield { object: where, field: at, callers, answering };
    };
    for (const { spec, field: at } of containers) {
      for (const [i, { value }] of records(spec.env).entries()) {
        yield* calls(value, object, `${at}/env/${i}/value`);
        const local = localHost(String(value));
        const answering = local === undefined ? undefined : behind(target, namespace, local.name, local.port);
        if (answering !== undefined) yield { object, field: `${at}/env/${i}/value`, callers, answering };
      }
      for (const list of ['command', 'args']) yield* calls(spec[list], object, `${at}/${list}`);
    }
    for (const { name } of new Map(configMapsOf(workload).map((reference) => [reference.name, reference])).values()) {
      const map = target.find('ConfigMap', namespace, name);
      for (const [file, text] of Object.entries(record(map?.data))) yield* calls(text, map as Manifest, `/data/${file}`);
    }
    for (const { name, key: wanted } of podSecretsOf(workload)) {
      const external = target.secrets.get(`${namespace}/${name}`)?.by;
      for (const [file, text] of Object.entries(record(external?.spec?.target?.template?.data))) {
        if (wanted === undefined || wanted === file) yield* calls(text, external as Manifest, `/spec/target/template/data/${file}`);
      }
    }
  }
}

/** What gateways forward to, and what plugins of theirs ask. */
function* routed(target: TargetIndex): Iterable<Call> {
  for (const object of target.all(HTTP_ROUTE)) {
    const { namespace = '', annotations } = object.metadata;
    const callers = proxiesOf(records(object.spec?.parentRefs), namespace, target);
    for (const [i, rule] of records(object.spec?.rules).entries()) {
      for (const [j, backend] of records(rule.backendRefs).entries()) {
        const answering = behind(target, backend.namespace ?? namespace, String(backend.name), backend.port);
        if (answering !== undefined) yield { object, field: `/spec/rules/${i}/backendRefs/${j}`, callers, answering };
      }
    }
    for (const name of String(annotations?.['konghq.com/plugins'] ?? '').split(',')) {
      const plugin = target.find('KongPlugin.configuration.konghq.com', namespace, name.trim());
      if (plugin === undefined) continue;
      for (const { field, found } of visitTexts(plugin.config, ({ value }) => (value.includes('.svc') ? value : undefined))) {
        for (const answering of endpointsIn(found, target)) yield { object: plugin, field: `/config${field}`, callers, answering };
      }
    }
  }
}

/** What plugins for everybody ask: of all proxies of their class. */
function* ofEveryRoute(target: TargetIndex): Iterable<Call> {
  for (const object of target.all('KongClusterPlugin.configuration.konghq.com')) {
    const { labels, annotations } = object.metadata;
    const own = annotations?.['kubernetes.io/ingress.class'];
    if (labels?.['global'] !== 'true' || own === undefined) continue;
    const callers = [...target.pods.values()].flat().filter((pods) => pods.object === undefined && pods.labels[PROXIES] === own);
    for (const { field, found } of visitTexts(object.config, ({ value }) => (value.includes('.svc') ? value : undefined))) {
      for (const answering of endpointsIn(found, target)) yield { object, field: `/config${field}`, callers, answering };
    }
  }
}

/** What Istio's gateway forwards to: to members of the mesh through the tunnel of their nodes, which has a port of its own. */
function* routedByIstio(target: TargetIndex): Iterable<Call> {
  for (const object of target.all(VIRTUAL_SERVICE)) {
    const callers = bindingsOf(object, target).flatMap(({ gateway }) => (gateway === undefined ? [] : podsBehind(gateway, target)));
    for (const { field, value } of follow(object, DESTINATIONS)) {
      const service = serviceAt(String(value.host), object.metadata.namespace ?? '');
      const answering = service && behind(target, service.namespace, service.name, value.port?.number);
      if (answering === undefined) continue;
      yield { object, field, callers, answering };
      const labels = target.find('Namespace', '', service?.namespace ?? '')?.metadata.labels;
      if (selectsLabels(MESH_MEMBER, labels ?? {})) yield { object, field, callers, answering: { ...answering, port: MESH_PORT } };
    }
  }
}

/** Flagger's routes, its webhooks, and what they have the load tester call. */
function* released(target: TargetIndex): Iterable<Call> {
  const flagger = (target.pods.get('flagger-system') ?? []).filter(({ labels }) => labels['app.kubernetes.io/name'] === 'flagger');
  for (const { canary: object, namespace, apex, workload } of target.releases) {
    const gateways = records(object.spec?.service?.gatewayRefs);
    const answering = workload === undefined ? undefined : behind(target, namespace, apex);
    if (gateways.length > 0 && answering !== undefined) {
      yield { object, field: '/spec/service/gatewayRefs', callers: proxiesOf(gateways, namespace, target), answering };
    }
    for (const [i, { url, metadata }] of records(object.spec?.analysis?.webhooks).entries()) {
      const at = `/spec/analysis/webhooks/${i}`;
      for (const called of endpointsIn(String(url), target)) {
        yield { object, field: `${at}/url`, callers: flagger, answering: called };
        for (const loaded of endpointsIn(String(record(metadata).cmd), target)) {
          yield { object, field: `${at}/metadata/cmd`, callers: called.pods, answering: loaded };
        }
      }
    }
  }
}

/** CloudNativePG asks each instance how it is, followers copy their primary, and a proxy answers Let's Encrypt. */
function* operated(target: TargetIndex): Iterable<Call> {
  const operator = (target.pods.get('cnpg-system') ?? []).filter(({ labels }) => labels['app.kubernetes.io/name'] === 'cloudnative-pg');
  for (const object of target.all(POSTGRES)) {
    const instances = (target.pods.get(object.metadata.namespace ?? '') ?? []).filter((pods) => pods.object === object);
    yield { object, field: '/metadata/name', callers: operator, answering: { pods: instances, port: 8000 } };
    if (Number(object.spec?.instances) > 1) {
      yield { object, field: '/spec/instances', callers: instances, answering: { pods: instances, port: 5432 } };
    }
  }
  for (const object of target.all('ClusterIssuer.cert-manager.io')) {
    for (const [i, { http01 }] of records(object.spec?.acme?.solvers).entries()) {
      for (const parent of records(http01?.gatewayHTTPRoute?.parentRefs)) {
        const solvers = (target.pods.get(parent.namespace) ?? []).filter(
          ({ labels }) => labels['acme.cert-manager.io/http01-solver'] === 'true',
        );
        const callers = proxiesOf([parent], '', target);
        yield { object, field: `/spec/acme/solvers/${i}/http01`, callers, answering: { pods: solvers, port: 8089 } };
      }
    }
  }
}

/** The proxies of gateways: each gateway class has pods of its own, which carry its name. A gateway that is not there has none. */
export function proxiesOf(parents: readonly { namespace?: string; name?: string }[], own: string, target: TargetIndex): readonly Pods[] {
  const gateways = parents.map(({ namespace = own, name }) => target.find('Gateway.gateway.networking.k8s.io', namespace, String(name)));
  const classes = new Set(gateways.flatMap((gateway) => gateway?.spec?.gatewayClassName ?? []));
  return [...target.pods.values()].flat().filter(({ object, labels }) => object === undefined && classes.has(labels[PROXIES]));
}
