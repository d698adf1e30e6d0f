import type { Manifest } from '../../kubernetes/manifest';
import { record, records } from '../fields';
import type { Rule } from '../rule';
import { selectsLabels } from '../selector';
import type { TargetIndex } from '../target-index';

const PROTOCOL = 'konghq.com/protocol';
const KNOWN = ['http', 'https', 'grpc', 'grpcs', 'tcp', 'tls', 'ws', 'wss'];
const ENCRYPTED = new Set(['https', 'grpcs', 'tls', 'wss']);
const PROBES = ['readinessProbe', 'livenessProbe', 'startupProbe'] as const;

export const protocolsAgree: Rule = {
  id: 'protocols-agree',
  title: 'Kong speaks to a Service as kubelet speaks to its pods: with TLS or without.',
  why: 'Kong answers 502 to every request if it begins TLS with a server that speaks plain HTTP, or the reverse; the probes, which ask without Kong, go on succeeding.',
  fix: 'Leave konghq.com/protocol out for a server of plain HTTP, and write https for one whose probes have scheme: HTTPS.',
  *check(target) {
    for (const object of target.all('Service')) {
      const written = object.metadata.annotations?.[PROTOCOL];
      if (written === undefined) continue;
      const message = KNOWN.includes(written) ? disagreement(object, ENCRYPTED.has(written), target) : `not one of ${KNOWN.join(', ')}`;
      if (message !== undefined)
        yield { object, field: '/metadata/annotations/konghq.com~1protocol', message: `is "${written}", ${message}` };
    }
  },
};

/** Where kubelet asks at a port of a Service in the other way. */
function disagreement({ metadata, spec }: Manifest, encrypted: boolean, target: TargetIndex): string | undefined {
  const selector = record(spec?.selector);
  if (Object.keys(selector).length === 0) return undefined;
  const led = records(spec?.ports).map(({ port, targetPort = port }) => targetPort);
  for (const { object, namespace, labels, containers } of target.workloads) {
    if (namespace !== metadata.namespace || !selectsLabels(selector, labels)) continue;
    for (const container of containers) {
      const numbers = led.map((port) => records(container.spec.ports).find(({ name }) => name === port)?.containerPort ?? port);
      for (const probe of PROBES) {
        const { port: asked, scheme = 'HTTP' } = record(record(container.spec[probe]).httpGet);
        const number = records(container.spec.ports).find(({ name }) => name === asked)?.containerPort ?? asked;
        if (asked === undefined || !numbers.includes(number) || (scheme === 'HTTPS') === encrypted) continue;
        return `and kubelet asks ${object.kind}/${object.metadata.name} over ${scheme} at port ${number}`;
      }
    }
  }
  return undefined;
}
