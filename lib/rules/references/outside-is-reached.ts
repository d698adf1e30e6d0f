import type { Manifest } from '../../kubernetes/manifest';
import { configMapsOf } from '../config-maps';
import { record, records } from '../fields';
import { filesMountedBy } from '../file-settings';
import type { Pods } from '../pods';
import { queriesOf } from '../promql/queries';
import type { Reachability } from '../reachability';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import { proxiesOf } from './calls';
import { outsideHosts } from './outside-hosts';

/** Any address of a cluster's own network: what opens the internet alone leaves those out. */
const API_SERVER_ADDRESS = '10.96.0.1';

/** Ports of API servers: behind a cloud's address, and on a node of kubeadm. A policy sees one or the other. */
const API_SERVER = [443, 6443];

/** Programs that fetch from the internet, as scripts call them. */
const FETCHES = /\b(?:hf download|aws s3|ollama pull|gsutil|azcopy)\b/;

/** Ports of Kong's proxies. */
const PROXY = { HTTP: 8000, HTTPS: 8443 };

export const outsideIsReached: Rule = {
  id: 'outside-is-reached',
  title: 'Pods reach what they need outside of the pods: DNS, the API server, the internet; and clients reach the gateway.',
  why: 'The namespace denies everything else: a pod without DNS finds no host, a controller without the API server never becomes ready, and a download hangs until its timeout.',
  fix: 'DefaultDeny of lib/foundation/default-deny.ts allows DNS; allowApiServer and allowInternet of lib/security/connect.ts allow the others.',
  *check(target) {
    const { reachability } = target;
    yield* dns(target, reachability);
    yield* apiServer(target, reachability);
    yield* internet(target, reachability);
    yield* gateways(target, reachability);
    yield* nodes(target, reachability);
    yield* hosts(target, reachability);
  },
};

/** Only where all pods of a namespace are denied: a policy for chosen pods is a decision about them. */
function* dns(target: TargetIndex, reachability: Reachability): Iterable<Problem> {
  const servers = (target.pods.get('kube-system') ?? []).filter(({ labels }) => labels['k8s-app'] === 'kube-dns');
  const cache = target.facts?.region.platform.nodeLocalDns;
  for (const object of target.all('NetworkPolicy.networking.k8s.io')) {
    const { podSelector, policyTypes, egress } = record(object.spec);
    const all = Object.keys(record(podSelector)).length === 0;
    if (!all || !Array.isArray(policyTypes) || !policyTypes.includes('Egress') || records(egress).length > 0) continue;
    for (const protocol of ['UDP', 'TCP']) {
      const cut = (target.pods.get(object.metadata.namespace ?? '') ?? []).filter(
        (pods) =>
          !servers.some((server) => reachability.allows(pods, 'Egress', server, 53, protocol)) ||
          (cache !== undefined && !reachability.allowsAddress(pods, 'Egress', 53, cache, protocol)),
      );
      if (cut.length === 0) continue;
      const names = [...new Set(cut.map(({ of }) => of))].join(', ');
      const whom = cache === undefined ? 'kube-dns' : `kube-dns and the node's cache at ${cache}`;
      yield {
        object,
        field: '/spec/policyTypes',
        message: `denies egress, and no policy lets ${names} ask ${whom} on ${protocol} port 53`,
      };
    }
  }
}

/** Proxies with a controller beside them, instances of PostgreSQL with their manager, and whoever mounts a token. */
function* apiServer(target: TargetIndex, reachability: Reachability): Iterable<Problem> {
  const asks: [object: Manifest, field: string, pods: readonly Pods[]][] = [];
  for (const gateway of target.all('Gateway.gateway.networking.k8s.io')) {
    asks.push([gateway, '/spec/gatewayClassName', proxiesOf([gateway.metadata], '', target)]);
  }
  for (const cluster of target.all('Cluster.postgresql.cnpg.io')) asks.push([cluster, '/metadata/name', podsOf(cluster, target)]);
  for (const { object, namespace, pod, field } of target.workloads) {
    const account = target.find('ServiceAccount', namespace, pod.serviceAccountName ?? 'default');
    const mounts = pod.automountServiceAccountToken ?? account?.automountServiceAccountToken ?? true;
    if (mounts === true) asks.push([object, `${field}/serviceAccountName`, podsOf(object, target)]);
  }
  for (const [object, field, pods] of asks) {
    const cut = pods.find((each) => !API_SERVER.some((port) => reachability.allowsAddress(each, 'Egress', port, API_SERVER_ADDRESS)));
    if (cut === undefined) continue;
    yield { object, field, message: `needs the API server, and no NetworkPolicy lets ${cut.of} out of namespace ${cut.namespace} to it` };
  }
}

function* internet(target: TargetIndex, reachability: Reachability): Iterable<Problem> {
  for (const workload of target.workloads) {
    const { object, namespace, field } = workload;
    const scripts = configMapsOf(workload).flatMap(({ name }) => Object.values(record(target.find('ConfigMap', namespace, name)?.data)));
    const fetched = scripts.map((text) => FETCHES.exec(String(text))?.[0]).find((program) => program !== undefined);
    if (fetched === undefined) continue;
    const cut = podsOf(object, target).find((pods) => !reachability.allowsAddress(pods, 'Egress', 443));
    if (cut === undefined) continue;
    const message = `run a script with "${fetched}", and no NetworkPolicy lets them out of namespace ${namespace} to the internet on port 443`;
    yield { object, field: `${field}/containers`, message };
  }
}

/** A gateway with a certificate is for the world. */
function* gateways(target: TargetIndex, reachability: Reachability): Iterable<Problem> {
  for (const object of target.all('Gateway.gateway.networking.k8s.io')) {
    const listeners = records(object.spec?.listeners);
    if (!listeners.some(({ protocol }) => protocol === 'HTTPS')) continue;
    const proxies = proxiesOf([object.metadata], '', target);
    for (const [i, { protocol, name }] of listeners.entries()) {
      const port = protocol === 'HTTPS' ? PROXY.HTTPS : PROXY.HTTP;
      const cut = proxies.find((pods) => !reachability.allowsAddress(pods, 'Ingress', port));
      if (cut === undefined) continue;
      const message = `is "${name}", but no NetworkPolicy lets clients into namespace ${cut.namespace} to ${cut.of} on port ${port}`;
      yield { object, field: `/spec/listeners/${i}/name`, message };
    }
  }
}

/** What nodes answer with, and the port: a policy sees them as addresses, whatever Service is in front of them. */
const OF_NODES: readonly (readonly [metric: RegExp, port: number, of: string])[] = [
  [/\b(?:container_[a-z]+_|kubelet_)/, 10250, 'the kubelets'],
  [/\bnode_(?:cpu|memory|filesystem|disk|network|load|vmstat|uname)/, 9100, 'the exporters of nodes'],
];

function* nodes(target: TargetIndex, reachability: Reachability): Iterable<Problem> {
  const readers = target.all('Prometheus.monitoring.coreos.com').flatMap((object) => podsOf(object, target));
  for (const [metric, port, of] of OF_NODES) {
    const cut = readers.find((pods) => !reachability.leaves(pods, port));
    if (cut?.object === undefined) continue;
    const asked = first(queriesOf(target), ({ text }) => metric.test(text));
    if (asked === undefined) continue;
    const message = `is to read ${metric.exec(asked.text)?.[0]}… from ${of}, and no NetworkPolicy lets it out of namespace ${cut.namespace} to nodes on port ${port}`;
    yield { object: cut.object, field: '/metadata/name', message };
  }
}

function first<Each>(all: Iterable<Each>, fits: (each: Each) => boolean): Each | undefined {
  for (const each of all) if (fits(each)) return each;
  return undefined;
}

/** Hosts outside of the cluster that configuration files name. */
function* hosts(target: TargetIndex, reachability: Reachability): Iterable<Problem> {
  const own = new Set(
    target.all('Gateway.gateway.networking.k8s.io').flatMap(({ spec }) => records(spec?.listeners).map(({ hostname }) => String(hostname))),
  );
  for (const workload of target.workloads) {
    for (const { file } of filesMountedBy(workload, target)) {
      for (const { host, port } of outsideHosts(file.text)) {
        const cut = own.has(host) ? undefined : podsOf(workload.object, target).find((pods) => !reachability.leaves(pods, port));
        if (cut === undefined) continue;
        const message = `has ${cut.of} call ${host} on port ${port}, and no NetworkPolicy lets it out of namespace ${cut.namespace} to addresses on that port`;
        yield { ...{ object: file.object, field: file.field }, message };
      }
    }
  }
}

const podsOf = (object: Manifest, target: TargetIndex): readonly Pods[] =>
  (target.pods.get(object.metadata.namespace ?? '') ?? []).filter((pods) => pods.object === object);
