import type { Manifest } from '../lib/kubernetes/manifest';
import { allIn } from './read';

interface Peer {
  readonly namespaceSelector?: { readonly matchLabels?: Record<string, string> };
  readonly podSelector?: { readonly matchLabels?: Record<string, string> };
  readonly ipBlock?: { readonly cidr: string };
}

interface Allowance {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports?: readonly { readonly port: number }[];
}

/** What labels name: the workload, or the cluster of a database. */
const nameIn = (labels: Record<string, string> | undefined): string => Object.values(labels ?? {}).join(',') || '*';

const describe = ({ namespaceSelector, podSelector, ipBlock }: Peer): string =>
  ipBlock === undefined ? `${nameIn(namespaceSelector?.matchLabels)}/${nameIn(podSelector?.matchLabels)}` : ipBlock.cidr;

/** @param workload `<namespace>/<workload>`: two apps may name theirs alike */
const policiesFor = (folder: string, workload: string): readonly Manifest[] =>
  allIn(folder, 'NetworkPolicy').filter(
    ({ metadata, spec }) => `${metadata.namespace}/${nameIn(spec.podSelector.matchLabels)}` === workload,
  );

const peersIn = (allowances: readonly Allowance[], side: 'from' | 'to'): string[] =>
  allowances.flatMap((allowance) =>
    (allowance[side]?.map(describe) ?? ['anyone']).flatMap((peer) => (allowance.ports ?? []).map(({ port }) => `${peer}:${port}`)),
  );

/** Who may call a workload, as `<namespace>/<workload>:<port of the called pod>`, over all apps of a target. */
export function callersOf(target: string, workload: string): string[] {
  return peersIn(
    policiesFor(`dist/${target}`, workload).flatMap(({ spec }) => spec.ingress ?? []),
    'from',
  ).sort();
}

/** Whom a workload may call, as `<namespace>/<workload>:<port>`; `anyone:443` is a port that no peer bounds. */
export function calleesOf(target: string, workload: string): string[] {
  return peersIn(
    policiesFor(`dist/${target}`, workload).flatMap(({ spec }) => spec.egress ?? []),
    'to',
  ).sort();
}
