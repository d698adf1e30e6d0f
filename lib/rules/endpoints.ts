import { record, records } from './fields';
import { perText } from './per-text';
import type { Pods } from './pods';
import { selectsLabels } from './selector';
import type { TargetIndex } from './target-index';

/** Pods that answer behind a Service, and the port on which they do. */
export interface Answering {
  readonly pods: readonly Pods[];
  readonly port: number | string;
}

/** The host of a Service in a text: scheme, Service, namespace and port. */
const HOST =
  /(?:([a-z][a-z0-9+.-]{0,20}):\/\/(?:[^\s/@]{0,200}@)?)?(?:[a-z0-9-]{1,63}\.)?([a-z0-9-]{1,63})\.([a-z0-9-]{1,63})\.svc(?![\w-])[\w.-]{0,80}(?::(\d{1,5}))?/g;

const STANDARD_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443, postgres: 5432, postgresql: 5432, redis: 6379 };

/** A URL whose host is the name of a Service alone, as pods of its namespace may call it. */
const LOCAL = /^([a-z][a-z0-9+.-]{0,20}):\/\/(?:[^\s/@]{0,200}@)?([a-z0-9-]{1,63})(?::(\d{1,5}))?(?:[/?#]|$)/;

/** What stands for the pod itself. */
const ITSELF = 'localhost';

/** The Service and the port that a URL names without a namespace; undefined for every other text. */
export function localHost(text: string): { readonly name: string; readonly port: number | undefined } | undefined {
  const [, scheme = '', name, port] = (text.includes('://') && LOCAL.exec(text)) || [];
  if (name === undefined || name === ITSELF) return undefined;
  return { name, port: port === undefined ? STANDARD_PORTS[scheme] : Number(port) };
}

/** Every Service that a text names, with the pods and the port that stand behind it. */
export function* endpointsIn(text: string, target: TargetIndex): Iterable<Answering & { readonly host: string }> {
  if (!text.includes('.svc')) return;
  for (const { name, namespace, port } of hostsIn(text)) {
    const found = behind(target, namespace, name, port);
    if (found !== undefined) yield { ...found, host: `${name}.${namespace}` };
  }
}

const hostsIn = perText((text) =>
  [...text.matchAll(HOST)].map(([, scheme = '', name = '', namespace = '', port]) => ({
    name,
    namespace,
    port: port === undefined ? STANDARD_PORTS[scheme] : Number(port),
  })),
);

/**
 * The pods behind a Service, whoever makes it; undefined where there is no such Service or port.
 *
 * @param port of the Service: number or name
 * @default - the first one
 */
export function behind(target: TargetIndex, namespace: string, name: string, port?: number | string): Answering | undefined {
  const service = target.services.get(`${namespace}/${name}`);
  if (service === undefined) return undefined;
  const all = target.pods.get(namespace) ?? [];
  const { object } = service;

  if (object.kind === 'Cluster') return { pods: all.filter((pods) => pods.object === object), port: 5432 };
  if (object.kind === 'Canary') {
    const { targetPort = service.ports[0]?.port } = record(object.spec?.service);
    const workload = target.releases.find(({ canary }) => canary === object)?.workload?.object;
    const phase = /-(primary|canary)$/.exec(name)?.[1];
    return { pods: all.filter((pods) => pods.object === workload && (phase === undefined || pods.phase === phase)), port: targetPort };
  }
  const selector = record(object.spec?.selector);
  const written = records(object.spec?.ports);
  const own = port === undefined ? written[0] : written.find((each) => each.port === port || each.name === port);
  if (own === undefined || Object.keys(selector).length === 0) return undefined;
  return { pods: all.filter(({ labels }) => selectsLabels(selector, labels)), port: own.targetPort ?? own.port };
}
