import { clientAddresses } from './client-addresses';

const AWS = 'service.beta.kubernetes.io/aws-load-balancer';
const targets = { [`${AWS}-nlb-target-type`]: 'ip' };
const attributes = `${AWS}-target-group-attributes`;
const at = `/proxy/annotations/${attributes.replace('/', '~1')}`;
const SAME = 'every client would have one address, in the log and for the limit of its requests';

const faults = (service: object, readsProtocol = false): readonly string[] =>
  [...clientAddresses('/proxy', service, readsProtocol)].map((fault) => fault.join(' '));

test('accepts gateways that learn the address, and those without a load balancer', () => {
  expect(faults({ type: 'LoadBalancer', externalTrafficPolicy: 'Local' })).toEqual([]);
  expect(faults({ type: 'LoadBalancer', annotations: { ...targets, [attributes]: 'preserve_client_ip.enabled=true' } })).toEqual([]);
  expect(faults({ annotations: { ...targets, [attributes]: 'proxy_protocol_v2.enabled=true' } }, true)).toEqual([]);
  expect(faults({ type: 'ClusterIP' })).toEqual([]);
});

test.each<[string, object, string]>([
  ['nodes that pass requests on', { type: 'LoadBalancer' }, `/proxy/externalTrafficPolicy is missing, not Local: ${SAME}`],
  [
    'a load balancer that leads to pods in its own name',
    { externalTrafficPolicy: 'Local', annotations: targets },
    `${at} is missing, without preserve_client_ip.enabled=true: ${SAME}`,
  ],
  [
    'one that is told to',
    { annotations: { ...targets, [attributes]: 'preserve_client_ip.enabled=false' } },
    `${at} is "preserve_client_ip.enabled=false", without preserve_client_ip.enabled=true: ${SAME}`,
  ],
  [
    'one that speaks what the gateway does not',
    { annotations: { ...targets, [attributes]: 'proxy_protocol_v2.enabled=true' } },
    `${at} has the load balancer speak the PROXY protocol, which this gateway takes for a broken request`,
  ],
])('fails for %s', (_, service, message) => {
  expect(faults(service)).toEqual([message]);
});
