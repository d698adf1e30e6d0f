import { ownHosts } from '../edge/edge-settings';
import type { Target } from '../environments/environment';
import { type OwnNamespace, publishingNamespaces } from '../kubernetes/namespaces';
import { quote } from '../messages/quote';
import { provedThroughGateway } from '../routing/tls-settings';
import type { Mistake } from './plain-values';

/** Domains that exist in no public DNS (RFC 2606, 6761, 6762, 8375), or that ICANN keeps for private use. */
const NOT_PUBLIC = /\.(?:test|local|localhost|invalid|internal|lan|home\.arpa)$/;

/** What hosts need of the target, and of who signs their certificates. */
export function* hostMistakes(target: Target): Generator<Mistake> {
  yield* strayHosts(target);
  yield* unprovable(target);
  const { edge } = target;
  if (edge.globalHost !== undefined && edge.reachedBy === 'cluster')
    yield { path: ['edge', 'globalHost'], mistake: 'DNS would lead everybody to a gateway that the cluster alone reaches: take it out' };
}

/** Hosts of what the target does not publish: they would have a certificate, and answer nothing. */
function* strayHosts(target: Target): Generator<Mistake> {
  for (const app of Object.keys(target.edge.appHosts ?? {}) as OwnNamespace[]) {
    const path = ['edge', 'appHosts', app];
    if (app === 'edge' || !publishingNamespaces.includes(app)) yield { path, mistake: `no app of ${app} is published: take out its hosts` };
    else if (target[app] === undefined)
      yield { path, mistake: `the target runs no ${quote(app)}: give it settings, or take out its hosts` };
    else if (app === 'monitoring' && target.monitoring?.consoles !== true)
      yield { path, mistake: 'its consoles are not published: set monitoring.consoles, or take out its hosts' };
  }
}

/** Hosts for which Let's Encrypt would sign nothing. */
function* unprovable({ edge }: Target): Generator<Mistake> {
  const { tls, globalHost } = edge;
  if (tls.kind === 'internal-ca') return;
  const hosts = [...(globalHost === undefined ? [] : [globalHost]), ...ownHosts(edge)];
  const path = ['edge', 'tls', 'challenge'];
  const unknown = hosts.find((host) => NOT_PUBLIC.test(host));
  if (unknown !== undefined) {
    yield { path: ['edge', 'tls'], mistake: `no public DNS knows ${quote(unknown)}, so that nothing is signed for it: use internal-ca` };
    return;
  }
  const throughGateway = provedThroughGateway(tls, hosts);
  if (tls.challenge.kind === 'dns01' && throughGateway.length === hosts.length) {
    const mistake = `no host of the target is in it (${hosts.join(', ')}): correct the zone`;
    yield { path: [...path, 'zone'], mistake };
  } else if (globalHost !== undefined && throughGateway.includes(globalHost)) {
    const cure = tls.challenge.kind === 'dns01' ? 'correct the zone or the host' : 'use dns01';
    yield {
      path,
      mistake: `it proves ${quote(globalHost)} through a gateway, and its regions share it, so that another one may be asked: ${cure}`,
    };
  } else if (edge.reachedBy === 'cluster' && throughGateway.length > 0) {
    yield { path, mistake: `nobody outside of the cluster reaches the gateway to prove ${quote(String(throughGateway[0]))}: use dns01` };
  }
}
