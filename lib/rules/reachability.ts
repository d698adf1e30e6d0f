import type { Manifest } from '../kubernetes/manifest';
import { type Data, isRecord, record, records } from './fields';
import type { Pods } from './pods';
import { namespacesOf } from './selections';
import type { TargetIndex } from './target-index';

/** A way that packets take, as a network policy names it. */
export type Direction = 'Egress' | 'Ingress';

/** Where pods may go, or where they may be called from: pods, or whoever has an address. */
type Peers = ReadonlySet<Pods> | 'anyone';

interface Network {
  readonly cidr: string;
  readonly except: readonly string[];
}

interface Opening {
  readonly policy: Manifest;
  readonly peers: Peers;

  /** Networks by address, as CIDRs. */
  readonly networks: readonly Network[];

  /** As written; empty for every port. */
  readonly ports: readonly Data[];
}

/** What the network policies of a target let through, pod by pod. */
export class Reachability {
  readonly #openings = { Egress: new Map<Pods, Opening[]>(), Ingress: new Map<Pods, Opening[]>() };

  constructor(private readonly target: TargetIndex) {
    const selected = new Map<Manifest, Map<string, readonly Pods[]>>();
    for (const { object, field, selected: pods } of target.selections) {
      if (object.kind !== 'NetworkPolicy') continue;
      const fields = selected.get(object);
      if (fields === undefined) selected.set(object, new Map([[field, pods]]));
      else fields.set(field, pods);
    }
    for (const [policy, fields] of selected) {
      const own = fields.get('/spec/podSelector') ?? [];
      const { ingress, egress } = record(policy.spec);
      const types: readonly unknown[] = policy.spec?.policyTypes ?? ['Ingress', ...(egress === undefined ? [] : ['Egress'])];
      if (!Array.isArray(types)) continue;
      if (types.includes('Ingress')) this.#add('Ingress', own, this.#openingsOf(policy, fields, ingress, 'ingress', 'from'));
      if (types.includes('Egress')) this.#add('Egress', own, this.#openingsOf(policy, fields, egress, 'egress', 'to'));
    }
  }

  /** Whether any policy is about these pods in a direction: all that none of them opens is closed then. */
  public isolated(pods: Pods, direction: Direction): boolean {
    return this.#openings[direction].has(pods);
  }

  /** Whether pods may send to other pods, or be called by them, on a port. */
  public allows(pods: Pods, direction: Direction, peer: Pods, port: number | string, protocol = 'TCP'): boolean {
    const openings = this.#openings[direction].get(pods);
    if (openings === undefined) return true;
    // A policy sees the port of whoever is called.
    const called = direction === 'Egress' ? peer : pods;
    return openings.some(({ peers, ports }) => (peers === 'anyone' || peers.has(peer)) && opens(ports, port, protocol, called));
  }

  /** Policies that are about these pods and their peer, and the ports that they open instead: `8080/TCP`. */
  public instead(pods: Pods, direction: Direction, peer: Pods): readonly { readonly policy: Manifest; readonly ports: string }[] {
    return (this.#openings[direction].get(pods) ?? []).flatMap(({ policy, peers, ports }) =>
      peers !== 'anyone' && peers.has(peer)
        ? [{ policy, ports: ports.map(({ port, protocol = 'TCP' }) => `${port ?? 'all'}/${protocol}`).join(', ') }]
        : [],
    );
  }

  /** Whether pods may send to an address outside of the cluster, or be called from one. */
  public allowsAddress(pods: Pods, direction: Direction, port: number, address?: string, protocol = 'TCP'): boolean {
    const openings = this.#openings[direction].get(pods);
    if (openings === undefined) return true;
    return openings.some(
      ({ peers, networks, ports }) =>
        (peers === 'anyone' || networks.some((network) => reaches(network, address))) && opens(ports, port, protocol, pods),
    );
  }

  /** Whether pods may send to addresses, whichever they are: of nodes, of a network that the cluster is in, of the internet. */
  public leaves(pods: Pods, port: number): boolean {
    const openings = this.#openings.Egress.get(pods);
    if (openings === undefined) return true;
    return openings.some(({ peers, networks, ports }) => (peers === 'anyone' || networks.length > 0) && opens(ports, port, 'TCP', pods));
  }

  #add(direction: Direction, own: readonly Pods[], openings: readonly Opening[]): void {
    for (const pods of own) {
      const others = this.#openings[direction].get(pods);
      if (others === undefined) this.#openings[direction].set(pods, [...openings]);
      else others.push(...openings);
    }
  }

  #openingsOf(
    policy: Manifest,
    fields: ReadonlyMap<string, readonly Pods[]>,
    rules: Data,
    name: 'ingress' | 'egress',
    side: 'from' | 'to',
  ): readonly Opening[] {
    return records(rules).map((rule, i) => {
      const peers = records(rule[side]);
      if (peers.length === 0) return { policy, peers: 'anyone', networks: [], ports: records(rule.ports) };
      const pods = new Set<Pods>();
      peers.forEach((peer, j) => {
        const found = isRecord(peer.podSelector)
          ? (fields.get(`/spec/${name}/${i}/${side}/${j}/podSelector`) ?? [])
          : this.#podsOfNamespaces(peer.namespaceSelector, policy);
        for (const each of found) pods.add(each);
      });
      const networks = peers.flatMap(({ ipBlock }) =>
        typeof ipBlock?.cidr === 'string'
          ? [{ cidr: ipBlock.cidr, except: Array.isArray(ipBlock.except) ? ipBlock.except.map(String) : [] }]
          : [],
      );
      return { policy, peers: pods, networks, ports: records(rule.ports) };
    });
  }

  #podsOfNamespaces(selector: Data, policy: Manifest): readonly Pods[] {
    if (!isRecord(selector) || policy.metadata.namespace === undefined) return [];
    return namespacesOf(selector, this.target).flatMap((name) => this.target.pods.get(name) ?? []);
  }
}

/** Whether a network holds an address; without one, whether it is the internet. */
function reaches({ cidr, except }: Network, address: string | undefined): boolean {
  if (address === undefined) return cidr === '0.0.0.0/0';
  return holds(cidr, address) && !except.some((other) => holds(other, address));
}

function holds(cidr: string, address: string): boolean {
  const [network = '', bits = '32'] = cidr.split('/');
  const size = 2 ** (32 - Number(bits));
  return Math.floor(numberOf(network) / size) === Math.floor(numberOf(address) / size);
}

const numberOf = (address: string): number => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

function opens(ports: readonly Data[], wanted: number | string, protocol: string, called: Pods): boolean {
  if (ports.length === 0) return true;
  const number = typeof wanted === 'number' ? wanted : called.ports?.find(({ name }) => name === wanted)?.containerPort;
  return ports.some(({ port, endPort = port, protocol: written = 'TCP' }) => {
    if (written !== protocol) return false;
    if (port === undefined || port === wanted) return true;
    if (typeof port === 'string')
      return called.ports?.some(({ name, containerPort }) => name === port && containerPort === number) === true;
    return number !== undefined && number >= port && number <= endPort;
  });
}
