import type { Manifest } from '../../kubernetes/manifest';
import { isRecord, records } from '../fields';
import type { Rule } from '../rule';
import { there } from './there';

export const certificatesCoverHosts: Rule = {
  id: 'certificates-cover-hosts',
  title: 'The certificate of a listener is issued for the host that the listener serves.',
  why: 'Clients refuse a certificate that does not name the host that they call.',
  fix: 'Add the host to the certificate: GatewayCertificate of lib/edge/gateway-certificate.ts requests it for the hosts of the gateway.',
  *check(target) {
    const certificates = new Map<string, Manifest>();
    for (const object of target.all('Certificate.cert-manager.io')) {
      certificates.set(`${object.metadata.namespace}/${object.spec?.secretName}`, object);
    }
    for (const object of target.all('Gateway.gateway.networking.k8s.io')) {
      for (const [i, { hostname, tls }] of records(object.spec?.listeners).entries()) {
        if (typeof hostname !== 'string' || !isRecord(tls)) continue;
        const issued = records(tls.certificateRefs).map(({ name, namespace }) =>
          certificates.get(`${namespace ?? object.metadata.namespace}/${name}`),
        );
        const names = issued.flatMap((certificate) =>
          Array.isArray(certificate?.spec?.dnsNames) ? certificate.spec.dnsNames.map(String) : [],
        );
        if (issued.includes(undefined) || names.some((name) => covers(name, hostname))) continue;
        yield {
          object,
          field: `/spec/listeners/${i}/hostname`,
          message: `is "${hostname}", for which no certificate is issued${there(names)}`,
        };
      }
    }
  },
};

/** A wildcard stands for exactly one label. */
function covers(name: string, hostname: string): boolean {
  return name === hostname || (name.startsWith('*.') && name.slice(1) === hostname.slice(hostname.indexOf('.')));
}
