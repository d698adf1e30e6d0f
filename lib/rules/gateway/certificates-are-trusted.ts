import { record, records } from '../fields';
import type { Rule } from '../rule';

/** Share of its life before whose end a certificate is renewed, percent: more than two thirds is sooner than anybody needs. */
const MOST_BEFORE = 67;

const STAGING = /acme-staging/;

export const certificatesAreTrusted: Rule = {
  id: 'certificates-are-trusted',
  title:
    'Production’s certificates come from an authority that clients trust, by a challenge that its zone can answer, and no oftener than it issues them.',
  why: 'Clients refuse certificates of Let’s Encrypt’s test server. A DNS challenge in another zone than that of the host is never solved, and the certificate is never issued. One that is renewed as soon as it is issued is soon refused.',
  fix: 'In lib/environments/<environment>.ts, set edge.tls to the server production and the zone of its hosts.',
  *check(target) {
    for (const object of target.all('Certificate.cert-manager.io')) {
      const share = object.spec?.renewBeforePercentage;
      if (!(share > MOST_BEFORE)) continue;
      const message = `is ${share}: it is renewed after ${100 - share} % of its life, again and again, until the authority refuses more (of one name, five a week)`;
      yield { object, field: '/spec/renewBeforePercentage', message };
    }
    for (const object of target.all('ClusterIssuer.cert-manager.io')) {
      const { server, solvers } = object.spec?.acme ?? {};
      if (target.environment === 'prod' && STAGING.test(String(server))) {
        yield { object, field: '/spec/acme/server', message: 'is Let’s Encrypt’s test server, whose certificates clients refuse' };
      }
      const selectors = records(solvers).map(({ selector }) => record(selector));
      const zones = selectors.flatMap(({ dnsZones }) => texts(dnsZones));
      const names = selectors.flatMap(({ dnsNames }) => texts(dnsNames));
      const limited = selectors.length > 0 && selectors.every((selector) => 'dnsZones' in selector || 'dnsNames' in selector);
      if (!limited) continue;
      for (const certificate of target.all('Certificate.cert-manager.io')) {
        if (certificate.spec?.issuerRef?.name !== object.metadata.name) continue;
        for (const [i, host] of texts(certificate.spec.dnsNames).entries()) {
          if (names.includes(host) || zones.some((zone) => host === zone || host.endsWith(`.${zone}`))) continue;
          const message = `is ${host}, which none of the solvers of ClusterIssuer/${object.metadata.name} is for (${[...zones, ...names].join(', ')})`;
          yield { object: certificate, field: `/spec/dnsNames/${i}`, message };
        }
      }
    }
  },
};

const texts = (list: unknown): readonly string[] => (Array.isArray(list) ? list.map(String) : []);
