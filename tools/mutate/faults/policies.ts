import { drop, remove, set } from '../edits';
import { chapter } from '../fault';
import { policy } from './objects';

const MESHED = 'prod/eu-west-1';
const fromKong = policy('litellm', 'litellm-from-kong');

export const policies = chapter('Network policies', {
  'dns-missing': ['A namespace denies everything, DNS too.', remove(policy('llm', 'allow-dns'))],
  'dns-selects-nothing': [
    'DNS is allowed to pods that do not exist.',
    set(policy('llm', 'allow-dns'), '/spec/egress/0/to/0/podSelector/matchLabels/k8s-app', 'coredns'),
  ],
  'dns-tcp-alone': ['DNS is allowed over TCP alone.', drop(policy('llm', 'allow-dns'), '/spec/egress/0/ports/protocol=UDP')],
  'dns-for-one': [
    'DNS is allowed to one workload of the namespace alone.',
    set(policy('llm', 'allow-dns'), '/spec/podSelector', { matchLabels: { 'slipway.dev/workload': 'llm-service' } }),
  ],
  'default-deny-removed': ['A namespace denies nothing.', remove(policy('litellm', 'default-deny'))],
  'default-deny-half': [
    'A namespace denies callers, and lets its pods call anybody.',
    set(policy('litellm', 'default-deny'), '/spec/policyTypes', ['Ingress']),
  ],
  'default-deny-opens': [
    'A policy that denies everything allows everything instead.',
    set(policy('litellm', 'default-deny'), '/spec/ingress', [{}]),
  ],
  'egress-missing': ['LiteLLM may not call Redis, which would admit it.', remove(policy('litellm', 'litellm-to-redis'))],
  'ingress-missing': ['Redis does not admit LiteLLM, which may call it.', remove(policy('litellm', 'redis-from-litellm'))],
  'edge-egress-missing': ['Kong may not call LiteLLM.', remove(policy('edge', 'kong-to-litellm'))],
  'edge-ingress-missing': ['LiteLLM does not admit Kong.', remove(fromKong)],
  'edge-closed': ['Kong admits nobody.', remove(policy('edge', 'kong-from-anyone'))],
  'weighted-egress-missing': ['LiteLLM may not call the internal gateway.', remove(policy('litellm', 'litellm-to-llm-service'))],
  'weighted-ingress-missing': ['The internal gateway does not admit LiteLLM.', remove(policy('edge', 'llm-service-from-litellm'))],
  'weighted-backend-egress-missing': [
    'The internal gateway may not call the engine.',
    remove(policy('edge', 'kong-internal-to-llm-service')),
  ],
  'weighted-backend-ingress-missing': [
    'The engine does not admit the internal gateway.',
    remove(policy('llm', 'llm-service-from-kong-internal')),
  ],
  'rate-limit-egress-missing': ['Kong may not call the Redis that counts its requests.', remove(policy('edge', 'kong-to-redis'))],
  'rate-limit-ingress-missing': ['Redis does not admit Kong, whose requests it counts.', remove(policy('litellm', 'redis-from-kong'))],
  'database-egress-missing': ['LiteLLM may not call its database.', remove(policy('litellm', 'litellm-to-postgresql'))],
  'database-ingress-missing': ['The database does not admit LiteLLM.', remove(policy('litellm', 'postgresql-from-litellm'))],
  'migration-egress-missing': ['The migration may not call its database.', remove(policy('litellm', 'litellm-migration-to-postgresql'))],
  'migration-ingress-missing': [
    'The database does not admit the migration.',
    remove(policy('litellm', 'postgresql-from-litellm-migration')),
  ],
  'database-peers-missing': ['The database’s instances do not admit each other.', remove(policy('litellm', 'postgresql-from-postgresql'))],
  'database-peers-egress-missing': [
    'The database’s instances may not call each other.',
    remove(policy('litellm', 'postgresql-to-postgresql')),
  ],
  'database-operator-missing': [
    'The database does not admit its operator.',
    remove(policy('litellm', 'postgresql-status-from-cloudnative-pg')),
  ],
  'database-api-server-missing': [
    'The database may not call the API server, where its instances agree on who leads.',
    remove(policy('litellm', 'postgresql-to-api-server')),
  ],
  'kong-api-server-missing': [
    'Kong’s controller may not call the API server, whose routes it serves.',
    remove(policy('edge', 'kong-to-api-server')),
  ],
  'cache-followers-missing': ['Redis does not admit its followers.', remove(policy('litellm', 'redis-from-redis'))],
  'cache-followers-egress-missing': ['Followers may not call their master.', remove(policy('litellm', 'redis-to-redis'))],
  'scrape-missing': ['The engine does not admit Prometheus, and every canary fails.', remove(policy('llm', 'llm-service-from-prometheus'))],
  'scrape-service-missing': ['LiteLLM does not admit Prometheus.', remove(policy('litellm', 'litellm-from-prometheus'))],
  'scrape-kong-missing': ['Kong does not admit Prometheus.', remove(policy('edge', 'kong-from-prometheus'))],
  'load-test-missing': ['The load tester may not call the engine.', remove(policy('llm', 'flagger-loadtester-to-llm-service'))],
  'load-test-ingress-missing': ['The engine does not admit the load tester.', remove(policy('llm', 'llm-service-from-flagger-loadtester'))],
  'webhook-ingress-missing': ['The load tester does not admit Flagger.', remove(policy('llm', 'flagger-loadtester-from-flagger'))],
  'fetch-egress-missing': ['The Job that fetches models may not reach the internet.', remove(policy('llm', 'model-fetch-to-internet'))],
  'fetch-egress-port-wrong': [
    'The Job that fetches models may reach the internet on port 80 alone.',
    set(policy('llm', 'model-fetch-to-internet'), '/spec/egress/0/ports/0/port', 80),
  ],
  'policy-types-forgotten': [
    'A policy with egress rules is one of ingress.',
    set(policy('litellm', 'litellm-to-redis'), '/spec/policyTypes', ['Ingress']),
  ],
  'policy-peers-either': [
    'A policy admits all pods of a namespace and such pods of all names, where both were meant.',
    set(fromKong, '/spec/ingress/0/from', [
      { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'edge' } } },
      { podSelector: { matchLabels: { 'slipway.dev/workload': 'kong' } } },
    ]),
  ],
  'policy-peer-namespace-missing': [
    'A policy looks for its caller in its own namespace.',
    drop(fromKong, '/spec/ingress/0/from/0/namespaceSelector'),
  ],
  'policy-admits-anyone': ['A database admits everybody.', drop(policy('litellm', 'postgresql-from-litellm'), '/spec/ingress/0/from')],
  'policy-admits-any-port': [
    'A policy opens all ports of the engine.',
    drop(policy('llm', 'llm-service-from-kong-internal'), '/spec/ingress/0/ports'),
  ],
  'policy-cidr-malformed': [
    'A policy’s address range has no length.',
    set(policy('llm', 'model-fetch-to-internet'), '/spec/egress/0/to/0/ipBlock/cidr', '0.0.0.0'),
  ],
  'policy-except-outside': [
    'A policy excepts addresses that it does not allow.',
    set(policy('llm', 'model-fetch-to-internet'), '/spec/egress/0/to/0/ipBlock/cidr', '8.8.0.0/16'),
  ],
  'policy-in-wrong-namespace': [
    'A policy lives in another namespace than the pods it is for.',
    set(policy('litellm', 'redis-from-litellm'), '/metadata/namespace', 'edge'),
  ],
  'mesh-tunnel-shut': ['Nobody may tunnel to members of the mesh.', remove(policy('ml', 'models-in-mesh')), MESHED],
  'mesh-probes-shut': ['Kubelet may not probe members of the mesh.', drop(policy('ml', 'models-in-mesh'), '/spec/ingress/1'), MESHED],
  'mesh-caller-unnamed': [
    'The mesh refuses the gateway, which network policies let in.',
    set('AuthorizationPolicy/ml/mesh-members', '/spec/rules/0/from/0/source/namespaces', ['ml', 'monitoring']),
    MESHED,
  ],
  'mesh-caller-outside': [
    'Prometheus reads members of the mesh, and is none.',
    drop('Prometheus/monitoring/prometheus', '/spec/podMetadata'),
    MESHED,
  ],
  'mesh-judges-requests': [
    'The mesh is to judge requests, of which it sees nothing.',
    set('AuthorizationPolicy/ml/mesh-members', '/spec/rules/0/to', [{ operation: { methods: ['GET'] } }]),
    MESHED,
  ],
  'mesh-port-other': [
    'The mesh lets callers in at a port where nobody listens.',
    set('AuthorizationPolicy/ml/mesh-members', '/spec/rules/0/to', [{ operation: { ports: ['8081'] } }]),
    MESHED,
  ],
  'mesh-left': [
    'A namespace leaves the mesh, and its policies stay.',
    drop('Namespace/ml', '/metadata/labels/istio.io~1dataplane-mode'),
    MESHED,
  ],
  'mesh-gateway-outside': [
    'The gateway forwards to members of the mesh, and is none.',
    drop('Application/argocd/kong-prod-eu-west-1', '/spec/source/helm/valuesObject/podLabels/istio.io~1dataplane-mode'),
    MESHED,
  ],
});
