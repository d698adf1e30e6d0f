import type { Manifest } from '../kubernetes/manifest';
import type { Release } from './canary';
import { addressOf, destinationOf } from './destinations';
import { durationSeconds } from './durations';
import { escaped, record, records } from './fields';
import { filesOf, settings } from './file-settings';
import type { ModelClient } from './model-clients';
import { selectsLabels } from './selector';
import type { TargetIndex } from './target-index';
import type { Workload } from './workload';

/** A place that says how long a hop of a request waits for the next one. */
export interface Hop {
  readonly object: Manifest;
  readonly field: string;
  readonly seconds: number;
}

/** What stands behind the base URLs of a list of models. */
export interface Behind {
  readonly release: Release | undefined;
  readonly workload: Workload;
}

/** A program that asks LiteLLM, or a server of models itself, for its users. */
export interface Caller {
  readonly workload: Workload;

  /** How long it waits for an answer. */
  readonly hop: Hop;

  /** The variable that says so, and whether it is written. */
  readonly variable: string;
  readonly written: boolean;

  /** Base URLs that it is given. */
  readonly bases: readonly string[];
}

/** What programs call the base URLs of their models, and the seconds that they wait: five minutes when nothing is written. */
const CALLS: readonly { readonly url: RegExp; readonly timeout: string }[] = [
  { url: /^OPENAI_API_BASE_URLS?$/, timeout: 'AIOHTTP_CLIENT_TIMEOUT' }, // Open WebUI
  { url: /^LLM_BASE_URL$/, timeout: 'LLM_TIMEOUT_SECONDS' }, // the chat service
];
const DEFAULT_CALL_SECONDS = 300;

const KONG_TIMEOUTS = ['konghq.com/read-timeout', 'konghq.com/write-timeout'];

/** Servers that a list of models leads to: through the gateway, with their release. */
export function behind({ models, workload }: ModelClient, target: TargetIndex): readonly Behind[] {
  const found = new Map<Workload, Behind>();
  for (const { base } of models) {
    const destination = destinationOf(addressOf(base)?.host ?? '', workload.namespace, target);
    if (destination.kind === 'proxies') {
      for (const { release } of destination.routes)
        if (release?.workload) found.set(release.workload, { release, workload: release.workload });
    } else if (destination.kind === 'pods') {
      for (const each of target.workloads)
        if (destination.workloads.includes(each.object)) found.set(each, { release: undefined, workload: each });
    }
  }
  return [...found.values()];
}

/** Everybody who asks LiteLLM. An empty timeout is none. */
export function callersOf(target: TargetIndex): readonly Caller[] {
  const callers: Caller[] = [];
  for (const { spec, field, workload } of target.containers()) {
    const env = records(spec.env);
    const client = CALLS.find(({ url }) => env.some(({ name }) => typeof name === 'string' && url.test(name)));
    if (client === undefined) continue;
    const { url, timeout: variable } = client;
    const bases = env.flatMap(({ name, value: urls }) => (url.test(String(name)) ? String(urls).split(';') : []));
    const i = env.findIndex(({ name }) => name === variable);
    const value: unknown = env[i]?.value;
    const seconds = i < 0 ? DEFAULT_CALL_SECONDS : value === '' ? Number.POSITIVE_INFINITY : Number(value);
    const at = i < 0 ? `${field}/env` : `${field}/env/${i}/value`;
    if (!Number.isNaN(seconds))
      callers.push({ workload, hop: { object: workload.object, field: at, seconds }, variable, written: i >= 0, bases });
  }
  return callers;
}

/** Those who ask this one. */
export function callersOfClient({ workload: { object } }: ModelClient, target: TargetIndex): readonly Caller[] {
  return callersOf(target).filter(({ workload, bases }) =>
    bases.some((base) => {
      const destination = destinationOf(addressOf(base)?.host ?? '', workload.namespace, target);
      return destination.kind === 'pods' && destination.workloads.includes(object);
    }),
  );
}

/** Timeouts of the gateway in front of a released server. */
export function gatewayHops({ canary: object }: Release): readonly Hop[] {
  const { timeout, backendTimeout, primary, canary } = record(object.spec?.service);
  const hops: Hop[] = [];
  for (const [name, value] of Object.entries({ backendTimeout, timeout })) {
    const seconds = durationSeconds(value);
    if (!Number.isNaN(seconds)) hops.push({ object, field: `/spec/service/${name}`, seconds });
  }
  for (const [role, { annotations }] of Object.entries({ primary: record(primary), canary: record(canary) })) {
    hops.push(...annotated(object, `/spec/service/${role}/annotations`, annotations));
  }
  return hops;
}

/** Services in front of a workload to which a route leads, and timeouts on the way. */
export function edgeOf(
  { namespace, labels }: Workload,
  target: TargetIndex,
): { readonly services: readonly Manifest[]; readonly hops: readonly Hop[] } {
  const services = new Map<string, Manifest>();
  for (const service of target.all('Service')) {
    const selector = record(service.spec?.selector);
    if (service.metadata.namespace === namespace && Object.keys(selector).length > 0 && selectsLabels(selector, labels)) {
      services.set(service.metadata.name, service);
    }
  }
  const hops: Hop[] = [];
  const routed = new Set<Manifest>();
  for (const object of target.all('HTTPRoute.gateway.networking.k8s.io')) {
    if (object.metadata.namespace !== namespace) continue;
    for (const [i, { backendRefs, timeouts }] of records(object.spec?.rules).entries()) {
      const leads = records(backendRefs).flatMap(({ name }) => services.get(name) ?? []);
      for (const service of leads) routed.add(service);
      const seconds = durationSeconds(record(timeouts).backendRequest);
      if (leads.length > 0 && !Number.isNaN(seconds)) hops.push({ object, field: `/spec/rules/${i}/timeouts/backendRequest`, seconds });
    }
  }
  for (const service of routed) hops.push(...annotated(service, '/metadata/annotations', service.metadata.annotations));
  return { services: [...routed], hops };
}

/** Seconds that an engine may take for an answer that it has begun, which is how long it drains. */
export function answerSeconds(workload: Workload, target: TargetIndex): number {
  const values = filesOf(workload, target).flatMap(({ text }) => settings(text, 'shutdown-timeout').map(({ value }) => Number(value)));
  return Math.max(0, ...values.filter((value) => value > 0));
}

function annotated(object: Manifest, field: string, annotations: unknown): readonly Hop[] {
  return KONG_TIMEOUTS.flatMap((name) => {
    const milliseconds = record(annotations)[name];
    return milliseconds === undefined ? [] : [{ object, field: `${field}/${escaped(name)}`, seconds: Number(milliseconds) / 1000 }];
  });
}
