import { Construct } from 'constructs';

import {
  AuthorizationPolicySpecAction as Action,
  AuthorizationPolicy,
  PeerAuthenticationSpecMtlsMode as Mtls,
  PeerAuthentication,
} from '../../imports/security.istio.io';
import { METRICS_PORT as REDIS_METRICS_PORT } from '../data/redis-pod';
import type { Endpoint, Peer } from '../kubernetes/endpoint';
import type { MeshMode } from '../kubernetes/mesh';
import type { AddonNamespace } from '../kubernetes/namespaces';
import { fromAddon } from '../kubernetes/sync-options';
import { beforeWorkloads } from '../kubernetes/sync-wave';
import { prometheus } from '../observability/prometheus';
import { scrapeAddon } from '../observability/scrape';
import { kongPorts } from '../routing/kong';
import { joinMesh, tunnelToModels } from '../security/mesh-member';
import type { MlSettings } from './ml-settings';
import { MODEL_PORT } from './model-runtimes';

/** Properties for `MeshPolicy`. */
export interface MeshPolicyProps {
  /** Namespace whose pods are all members. */
  readonly namespace: string;
  readonly mode: MeshMode;

  /**
   * Where models are kept, if that is in the namespace.
   *
   * @default - in a bucket
   */
  readonly storage?: Endpoint | undefined;

  /** What leads to models. */
  readonly exposure: Required<MlSettings>['exposure'];

  /** Its proxies. Kong's are members as well; Istio's tunnel to members by themselves. */
  readonly proxies: Peer & { readonly scope: Construct };
}

const ISTIO = 'istio-system' satisfies AddonNamespace;

/**
 * Mutual TLS between models and whoever calls them: the public proxies and Prometheus. The proxies of the nodes carry it through one port,
 * so policies of the network let that one through; which of the callers may call, Istio checks by identity.
 */
export class MeshPolicy extends Construct {
  constructor(scope: Construct, name: string, { namespace, mode, storage, exposure, proxies }: MeshPolicyProps) {
    super(scope, name);

    const annotations = { ...beforeWorkloads, ...fromAddon };
    new PeerAuthentication(this, 'peers', {
      metadata: { name, annotations },
      spec: { mtls: { mode: mode === 'strict' ? Mtls.STRICT : Mtls.PERMISSIVE } },
    });
    if (mode === 'strict') {
      // Who is not a member has no identity, and so is none of these.
      new AuthorizationPolicy(this, 'callers', {
        metadata: { name, annotations },
        spec: {
          action: Action.ALLOW,
          rules: [{ from: [{ source: { namespaces: [namespace, proxies.namespace, prometheus.namespace] } }] }],
        },
      });
    }

    const models = { name: 'models', namespace, pods: {}, scope: this };
    const stored = storage === undefined ? [] : [storage.podPort];
    if (exposure === 'istio-gateway') {
      joinMesh({ member: models, callers: proxies, probed: [MODEL_PORT, ...stored] });
      tunnelToModels(proxies);
    } else {
      // Beside models there are Kong's counters.
      joinMesh({ member: models, callers: proxies, probed: [MODEL_PORT, REDIS_METRICS_PORT, ...stored] });
      joinMesh({ member: proxies, callers: proxies, probed: [kongPorts.status, kongPorts.controllerHealth] });
    }

    // On each node, and beside the API server.
    scrapeAddon(this, { name: 'ztunnel', namespace: ISTIO, pods: { app: 'ztunnel' } }, 15020);
    scrapeAddon(this, { name: 'istiod', namespace: ISTIO, pods: { app: 'istiod' } }, 15014);
  }
}
