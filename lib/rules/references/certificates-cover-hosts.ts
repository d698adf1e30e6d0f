import type { Manifest } from '../../kubernetes/manifest';
import { isRecord, records } from '../fields';
import { hostsOf, ISTIO_GATEWAY, podsBehind } from '../istio';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import { there } from './there';

export const certificatesCoverHosts: Rule = {
  id: 'certificates-cover-hosts',
  title: 'The certificate of a listener is issued for the hosts that the listener serves.',
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
    for (const object of target.all(ISTIO_GATEWAY)) yield* ofIstio(object, certificates, target);
  },
};

/** Istio reads the Secret of a server where the gateway's pods are. */
function* ofIstio(object: Manifest, certificates: ReadonlyMap<string, Manifest>, target: TargetIndex): Iterable<Problem> {
  const namespaces = new Set(podsBehind(object, target).map(({ namespace }) => namespace));
  for (const [i, server] of records(object.spec?.servers).entries()) {
    for (const namespace of namespaces) {
      const names: unknown = certificates.get(`${namespace}/${server.tls?.credentialName}`)?.spec?.dnsNames;
      if (!Array.isArray(names)) continue;
      const foreign = hostsOf(server).find(({ host }) => !names.some((name) => covers(String(name), host)));
      if (foreign === undefined) continue;
      const message = `have "${foreign.host}", for which no certificate is issued${there(names.map(String))}`;
      yield { object, field: `/spec/servers/${i}/hosts`, message };
    }
  }
}

/** A wildcard stands for exactly one label. */
function covers(name: string, hostname: string): boolean {
  return name === hostname || (name.startsWith('*.') && name.slice(1) === hostname.slice(hostname.indexOf('.')));
}
