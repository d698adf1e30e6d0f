import { replace, set } from '../edits';
import { chapter } from '../fault';
import {
  CACHE,
  CANARY,
  ENGINE,
  FIRST,
  GATEWAY,
  GATEWAY_CONFIG,
  GATEWAY_SECRETS,
  GATEWAY_SERVICE,
  LOAD_TESTER,
  MIGRATION,
  POD,
  policy,
  ROUTE,
  template,
} from './objects';

export const ports = chapter('Ports', {
  'service-target-port-misspelt': [
    'A Service leads to a port name that no container has.',
    set(GATEWAY_SERVICE, '/spec/ports/0/targetPort', 'htpp'),
  ],
  'service-target-port-wrong': [
    'A Service leads to a port number that its pods do not listen on.',
    set('Service/edge/llm-service', '/spec/ports/0/targetPort', 8001),
  ],
  'service-port-changed': ['A Service moves to another port, and its route does not.', set(GATEWAY_SERVICE, '/spec/ports/0/port', 80)],
  'service-port-out-of-range': ['A Service has port 70000.', set(GATEWAY_SERVICE, '/spec/ports/1/port', 70000)],
  'container-port-renamed': [
    'A container renames its port, and its probes and Service do not.',
    set(GATEWAY, `${FIRST}/ports/0/name`, 'web'),
  ],
  'container-port-changed': ['A container declares another port than it listens on.', set(GATEWAY, `${FIRST}/ports/0/containerPort`, 4040)],
  'container-port-out-of-range': ['A container has port 0.', set(LOAD_TESTER, `${FIRST}/ports/0/containerPort`, 0)],
  'container-port-name-twice': ['Two ports of a container share a name.', set(GATEWAY, `${FIRST}/ports/1/name`, 'http')],
  'container-port-twice': [
    'A container declares one port twice.',
    set(GATEWAY, `${FIRST}/ports/-`, { name: 'again', containerPort: 4000 }),
  ],
  'container-port-name-too-long': [
    'A port name has more than 15 characters.',
    set(CACHE, `${FIRST}/ports/-`, { name: 'prometheus-metrics', containerPort: 9121 }),
  ],
  'listens-elsewhere': [
    'A server is told to listen on another port than its container declares.',
    replace(GATEWAY, `${FIRST}/args/1`, '4000', '8000'),
  ],
  'listens-elsewhere-in-two-words': [
    'A server is told another port than its container declares, in an argument of its own.',
    set('Deployment/gpt/chat-service', `${FIRST}/command/5`, '8000'),
    'prod/eu-west-1',
  ],
  'listens-on-its-own-port': [
    'A server is told no port, and its own is another than its container declares.',
    set('Deployment/gpt/chat-service', `${FIRST}/command`, ['uvicorn', 'app.main:app', '--host', '0.0.0.0']),
    'prod/eu-west-1',
  ],
  'probe-port-misspelt': [
    'A probe asks a port name that the container does not have.',
    set(GATEWAY, `${FIRST}/readinessProbe/httpGet/port`, 'health'),
  ],
  'probe-port-wrong': ['A probe asks a port number that nobody listens on.', set(ENGINE, `${FIRST}/livenessProbe/httpGet/port`, 8001)],
  'route-backend-port-wrong': ['A route names a port that its Service does not have.', set(ROUTE, '/spec/rules/0/backendRefs/0/port', 80)],
  'route-backend-port-missing': [
    'A route names no port of its Service.',
    set(ROUTE, '/spec/rules/0/backendRefs/0', { name: 'litellm-service' }),
  ],
  'policy-opens-service-port': [
    'A policy opens the port of the Service instead of that of the pods.',
    set(policy('edge', 'kong-internal-to-llm-service'), '/spec/egress/0/ports/0/port', 80),
  ],
  'policy-admits-wrong-port': [
    'A policy admits callers to a port that the pods do not listen on.',
    set(policy('litellm', 'redis-from-litellm'), '/spec/ingress/0/ports/0/port', 6380),
  ],
  'policy-port-udp': [
    'A policy opens UDP to a server that speaks TCP.',
    set(policy('litellm', 'redis-from-litellm'), '/spec/ingress/0/ports/0/protocol', 'UDP'),
  ],
  'policy-port-protocol-misspelt': [
    'A policy spells its protocol in lower case.',
    set(policy('litellm', 'litellm-to-redis'), '/spec/egress/0/ports/0/protocol', 'tcp'),
  ],
  'pod-monitor-port-misspelt': [
    'A PodMonitor scrapes a port that the pods do not have.',
    set('PodMonitor/llm/llm-service', '/spec/podMetricsEndpoints/0/port', 'metrics'),
  ],
  'service-monitor-port-misspelt': [
    'A ServiceMonitor scrapes a port that the Service does not have.',
    set('ServiceMonitor/litellm/litellm', '/spec/endpoints/0/port', 'prometheus'),
  ],
  'canary-target-port-misspelt': [
    'A Canary sends traffic to a port name that its pods do not have.',
    set(CANARY, '/spec/service/targetPort', 'web'),
  ],
  'redis-port-in-configuration': [
    'LiteLLM looks for Redis on the port of its TLS listener.',
    replace(GATEWAY_CONFIG, '/data/config.yaml', '    port: 6379', '    port: 6380'),
  ],
  'redis-port-in-plugin': [
    'A rate limit counts on a port that Redis does not have.',
    set('KongPlugin/litellm/litellm-api-rate-limit', '/config/redis/port', 6380),
  ],
  'database-port-in-url': [
    'The database’s URL has another port than the database.',
    replace(GATEWAY_SECRETS, '/spec/target/template/data/DATABASE_URL', '5432', '5433'),
  ],
  'database-port-in-variable': [
    'A variable names another port than the database has.',
    set(MIGRATION, `${POD}/initContainers/0/env/name=PGPORT/value`, '5433'),
  ],
  'prometheus-port-wrong': [
    'A metric is asked for on a port that Prometheus does not have.',
    replace(template('success-percent'), '/spec/provider/address', '9090', '9091'),
  ],
  'port-translated-without-address': [
    'A Service without an address is to translate a port.',
    set('Service/edge/llm-service', '/spec/clusterIP', 'None'),
  ],
});
