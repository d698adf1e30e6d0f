import type { Manifest } from '../../kubernetes/manifest';
import { localHost } from '../endpoints';
import { records } from '../fields';
import { perObject } from '../per-object';
import type { Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import { visitTexts } from '../texts';
import { there } from './there';

/** What ends before `.svc`: scheme, user and host, of which the last two labels are Service and namespace. */
const BEFORE = /(?:([a-z][a-z0-9+.-]*):\/\/(?:[^\s/@]*@)?)?(?:([a-z0-9-]+)\.)?([a-z0-9-]+)\.([a-z0-9-]+)$/;

/** What follows: the cluster's domain, and the port. */
const AFTER = /^\.svc(?![\w-])([\w.-]*)(?::(\d+))?/;

/** Longest part of a text that can belong to one URL's scheme, user and host. */
const LONGEST = 300;

const STANDARD_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443 };

export const hostsResolve: Rule = {
  id: 'hosts-resolve',
  title: 'Every DNS name of a Service that a setting names leads to a Service and to a port of it.',
  why: 'Nothing checks a host or a port in a URL before the program uses it: it starts, and its first request fails.',
  fix: 'Take the URL from the endpoint that the construct of the server returns (httpUrl() of lib/kubernetes/endpoint.ts).',
  *check(target) {
    // Services of addons are in no manifest: only a namespace with Services of ours can be judged.
    const namespaces = new Set([...target.services.values()].map(({ namespace }) => namespace));
    for (const object of target.notable.hosts) {
      for (const { field, hosts } of hostsOf(object)) {
        const message = first(hosts, (host) => fault(host, target, namespaces));
        if (message !== undefined) yield { object, field, message };
      }
    }
    for (const { spec, field, workload } of target.containers()) {
      if (!namespaces.has(workload.namespace)) continue;
      for (const [i, { value }] of records(spec.env).entries()) {
        const local = localHost(String(value));
        const message = local === undefined ? undefined : unserved({ ...local, namespace: workload.namespace }, local.name, target);
        if (message !== undefined) yield { object: workload.object, field: `${field}/env/${i}/value`, message };
      }
    }
  },
};

/** A Service, or a pod behind it, as a text names it. */
export interface Host {
  /** The pod behind the Service; undefined where the Service itself is meant. */
  readonly pod: string | undefined;
  readonly name: string;
  readonly namespace: string;

  /** What follows `.svc`. */
  readonly domain: string;

  /** As written, or as the scheme implies; undefined where neither tells. */
  readonly port: number | undefined;
}

/** Every text of an object that names hosts inside the cluster. */
export const hostsOf = perObject((object): readonly { readonly field: string; readonly hosts: readonly Host[] }[] =>
  visitTexts(object, ({ value }) => (value.includes('.svc') ? value : undefined)).map(({ field, found }) => ({
    field,
    hosts: hostsIn(found),
  })),
);

function hostsIn(text: string): readonly Host[] {
  const hosts: Host[] = [];
  for (let at = text.indexOf('.svc'); at >= 0; at = text.indexOf('.svc', at + 1)) {
    const [, scheme = '', pod, name = '', namespace = ''] = BEFORE.exec(text.slice(Math.max(0, at - LONGEST), at)) ?? [];
    const [, domain = '', port] = AFTER.exec(text.slice(at, at + LONGEST)) ?? [];
    hosts.push({ pod, name, namespace, domain, port: port === undefined ? STANDARD_PORTS[scheme] : Number(port) });
  }
  return hosts;
}

function fault({ pod, name, namespace, domain, port }: Host, target: TargetIndex, namespaces: ReadonlySet<string>): string | undefined {
  if (!namespaces.has(namespace)) return undefined;
  const host = `${name}.${namespace}.svc${domain}`;
  if (!/^(?:\.cluster\.local)?\.?$/.test(domain)) return `names "${host}", but names of Services end in .svc.cluster.local`;
  const message = unserved({ name, namespace, port }, host, target);
  const service = target.services.get(`${namespace}/${name}`);
  const master = pod === undefined && service !== undefined ? masterOf(service.object, target) : undefined;
  return message ?? (master && `names all pods of "${host}", but only ${master} accepts writes: the others are its replicas`);
}

/** What is wrong with a Service that is named, or with its port. */
function unserved(
  { name, namespace, port }: Pick<Host, 'name' | 'namespace' | 'port'>,
  host: string,
  target: TargetIndex,
): string | undefined {
  const service = target.services.get(`${namespace}/${name}`);
  if (service === undefined) {
    const others = [...target.services.keys()].filter((id) => id.startsWith(`${namespace}/`)).map((id) => id.slice(namespace.length + 1));
    return `names "${host}", but ${namespace} has no Service "${name}"${there(others, name)}`;
  }
  if (port === undefined || service.ports.some((each) => each.port === port)) return undefined;
  const ports = there(service.ports.map((each) => `${each.name ?? ''} ${each.port ?? ''}`.trim()));
  return `names port ${port} of "${host}", which Service "${name}" does not have${ports}`;
}

/** The pod that the others of a StatefulSet follow, where they are told to. */
function masterOf({ kind, metadata }: Manifest, target: TargetIndex): string | undefined {
  if (kind !== 'Service') return undefined;
  const sets = target.all('StatefulSet.apps').filter(({ spec }) => spec?.serviceName === metadata.name && spec?.replicas > 1);
  const set = sets.find((each) => each.metadata.namespace === metadata.namespace);
  const workload = target.workloads.find(({ object }) => object === set);
  const variables = (workload?.containers ?? []).flatMap(({ spec }) => records(spec.env));
  const master = variables.find(({ name }) => name === 'MASTER_HOST')?.value;
  return typeof master === 'string' ? master.split('.')[0] : undefined;
}

function first<Item, Found>(items: readonly Item[], find: (item: Item) => Found | undefined): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
