import { type Data, escaped, record } from '../fields';
import type { Fault } from './addon-releases';

const AWS = 'service.beta.kubernetes.io/aws-load-balancer';
const TARGETS = `${AWS}-nlb-target-type`;
const ATTRIBUTES = `${AWS}-target-group-attributes`;
const PROTOCOL = `${AWS}-proxy-protocol`;

/**
 * Whether a gateway behind a load balancer learns who calls: its log names the caller, and limits count by the address of whoever has
 * shown no token.
 *
 * @param at where the Service is described
 * @param readsProtocol whether the gateway takes the address from the PROXY protocol
 */
export function* clientAddresses(at: string, service: Data, readsProtocol: boolean): Iterable<Fault> {
  const { type = 'LoadBalancer', externalTrafficPolicy, annotations } = record(service);
  if (type !== 'LoadBalancer') return;
  const said = record(annotations);
  const attributes = String(said[ATTRIBUTES] ?? '');
  const speaksProtocol = said[PROTOCOL] !== undefined || attributes.includes('proxy_protocol_v2.enabled=true');
  const way = (annotation: string): string => `${at}/annotations/${escaped(annotation)}`;
  if (speaksProtocol) {
    const where = said[PROTOCOL] === undefined ? ATTRIBUTES : PROTOCOL;
    if (!readsProtocol) yield [way(where), 'has the load balancer speak the PROXY protocol, which this gateway takes for a broken request'];
  } else if (said[TARGETS] === 'ip') {
    if (!attributes.split(',').includes('preserve_client_ip.enabled=true'))
      yield [
        way(ATTRIBUTES),
        `${attributes === '' ? 'is missing' : `is "${attributes}"`}, without preserve_client_ip.enabled=true: ${SAME}`,
      ];
  } else if (externalTrafficPolicy !== 'Local')
    yield [`${at}/externalTrafficPolicy`, `is ${externalTrafficPolicy ?? 'missing'}, not Local: ${SAME}`];
}

const SAME = 'every client would have one address, in the log and for the limit of its requests';
