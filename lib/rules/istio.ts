import type { Manifest } from '../kubernetes/manifest';
import { type Data, record, records } from './fields';
import type { Pods } from './pods';
import { selects, selectsLabels } from './selector';
import type { TargetIndex } from './target-index';

export const ISTIO_GATEWAY = 'Gateway.networking.istio.io';
export const VIRTUAL_SERVICE = 'VirtualService.networking.istio.io';

/** Where Istio looks for what holds in every namespace. */
const ROOT = 'istio-system';

/** What stands for all members of the mesh in the place of a gateway. */
const MESH = 'mesh';

/** A gateway that a VirtualService binds to. */
export interface Binding {
  readonly field: string;
  readonly namespace: string;
  readonly name: string;
  readonly gateway: Manifest | undefined;
}

/** The gateways of a VirtualService, without the mesh itself. */
export function bindingsOf({ metadata, spec }: Manifest, target: TargetIndex): readonly Binding[] {
  const written: readonly unknown[] = Array.isArray(spec?.gateways) ? spec.gateways : [];
  return written.flatMap((each, i) => {
    if (each === MESH) return [];
    const [name = '', namespace = metadata.namespace ?? ''] = String(each).split('/').reverse();
    return [{ field: `/spec/gateways/${i}`, namespace, name, gateway: target.find(ISTIO_GATEWAY, namespace, name) }];
  });
}

/** A host of a gateway's server, and the namespace whose routes it takes: `*` for any, `.` for that of the gateway. */
export interface ServedHost {
  readonly namespace: string;
  readonly host: string;
}

export const hostsOf = ({ hosts }: Data): readonly ServedHost[] =>
  (Array.isArray(hosts) ? hosts : []).map((each) => {
    const [host = '', namespace = '*'] = String(each).split('/').reverse();
    return { namespace, host };
  });

/** Whether a gateway takes routes of a namespace to a host. */
export const takes = (gateway: Manifest, from: string, host: string): boolean =>
  records(gateway.spec?.servers)
    .flatMap(hostsOf)
    .some(
      (served) =>
        ['*', from, ...(gateway.metadata.namespace === from ? ['.'] : [])].includes(served.namespace) &&
        (served.host === '*' || served.host === host || (served.host.startsWith('*.') && host.endsWith(served.host.slice(1)))),
    );

/** The pods that serve a gateway: Istio looks for them in every namespace. */
export function podsBehind(gateway: Manifest, target: TargetIndex): readonly Pods[] {
  const selector = record(gateway.spec?.selector);
  return [...target.pods.values()].flat().filter(({ labels }) => Object.keys(selector).length > 0 && selectsLabels(selector, labels));
}

/** Policies of a kind that hold for pods: those of their namespace and of Istio's own, which select them or say nothing. */
export const policiesFor = (kind: string, { namespace, labels }: Pods, target: TargetIndex): readonly Manifest[] =>
  target
    .all(kind)
    .filter(({ metadata, spec }) => [namespace, ROOT].includes(metadata.namespace ?? '') && selects(record(spec?.selector), labels));

/** The Service that a host means to Istio, to which a name with a dot is complete. */
export function serviceAt(host: string, own: string): { readonly namespace: string; readonly name: string } | undefined {
  const [, name, namespace = own] = /^([a-z0-9-]+)(?:\.([a-z0-9-]+)\.svc\.cluster\.local)?$/.exec(host) ?? [];
  return name === undefined ? undefined : { namespace, name };
}
