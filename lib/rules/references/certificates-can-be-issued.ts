import type { Manifest } from '../../kubernetes/manifest';
import { durationSeconds } from '../durations';
import { type Data, record, records } from '../fields';
import { hostsOf, ISTIO_GATEWAY } from '../istio';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import { there } from './there';

type Fault = readonly [field: string, message: string];

/** Sizes that cert-manager makes keys of. Ed25519 has one. */
const SIZES: Readonly<Record<string, (size: number) => boolean>> = {
  ECDSA: (size) => [256, 384, 521].includes(size),
  RSA: (size) => size >= 2048 && size <= 8192,
};

const HOUR = 3600;

/** cert-manager's own. */
const DEFAULT_DURATION = 90 * 24 * HOUR;

/** Annotations by which a gateway asks for certificates. */
const ASKING = ['cert-manager.io/cluster-issuer', 'cert-manager.io/issuer'];

const GROUP = 'cert-manager.io';

const LETS_ENCRYPT = /^https:\/\/acme-(?:staging-)?v02\.api\.letsencrypt\.org\/directory$/;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/;

export const certificatesCanBeIssued: Rule = {
  id: 'certificates-can-be-issued',
  title: 'Every certificate has a key and a life that its issuer grants, and every issuer a way to prove that the host is ours.',
  why: 'cert-manager repeats an order that the authority refuses with ever longer pauses: nothing shows until the old certificate expires and clients refuse it.',
  fix: 'Use GatewayCertificate of lib/edge/gateway-certificate.ts and the issuers of lib/foundation/issuers.ts, which follow edge.tls of the target.',
  *check(target) {
    for (const object of target.all('Certificate.cert-manager.io')) {
      for (const [field, message] of [...ofCertificate(object), ...unproved(object, target)])
        yield { object, field: `/spec${field}`, message };
    }
    yield* twiceIssued(target);
    for (const kind of ['ClusterIssuer', 'Issuer']) {
      for (const object of target.all(`${kind}.cert-manager.io`)) {
        yield* ofAuthority(object, target);
        for (const [field, message] of ofAcme(object, target)) yield { object, field: `/spec/acme${field}`, message };
      }
    }
  },
};

/** A gateway that asks cert-manager for certificates by itself, beside Certificates for the same Secrets. */
function* twiceIssued(target: TargetIndex): Iterable<Problem> {
  const delivered = target.all('Certificate.cert-manager.io').map(({ metadata, spec }) => `${metadata.namespace}/${spec?.secretName}`);
  for (const object of target.all('Gateway.gateway.networking.k8s.io')) {
    const annotation = ASKING.find((each) => object.metadata.annotations?.[each] !== undefined);
    const secrets = records(object.spec?.listeners).flatMap(({ tls }) =>
      records(record(tls).certificateRefs).map(({ name }) => String(name)),
    );
    const twice = secrets.find((name) => delivered.includes(`${object.metadata.namespace}/${name}`));
    if (annotation === undefined || twice === undefined) continue;
    const message = `has cert-manager issue Secret "${twice}" again, which a Certificate delivers: each renewal of one undoes the other`;
    yield { object, field: `/metadata/annotations/${annotation.replace('/', '~1')}`, message };
  }
}

function* ofCertificate({ spec }: Manifest): Iterable<Fault> {
  const group = spec?.issuerRef?.group ?? GROUP;
  if (group !== GROUP) yield ['/issuerRef/group', `is "${group}", a group without issuers here: ${GROUP} is meant`];
  const { duration, renewBefore, renewBeforePercentage, privateKey, secretName, dnsNames, commonName, isCA } = record(spec);
  const life = duration === undefined ? DEFAULT_DURATION : durationSeconds(duration);
  if (!(life >= HOUR)) yield ['/duration', `is ${JSON.stringify(duration)}, not a duration of an hour or more such as "2160h"`];
  const before = durationSeconds(renewBefore);
  if (renewBefore !== undefined && !(before >= 300 && before < life))
    yield ['/renewBefore', `is ${JSON.stringify(renewBefore)}, not between five minutes and the life of ${duration ?? '2160h'}`];
  if (renewBeforePercentage !== undefined && !(renewBeforePercentage > 0 && renewBeforePercentage < 100))
    yield ['/renewBeforePercentage', `is ${renewBeforePercentage}, not between 0 and 100`];
  if (renewBefore !== undefined && renewBeforePercentage !== undefined)
    yield ['/renewBeforePercentage', 'stands beside renewBefore: keep one'];
  const { algorithm = 'RSA', size } = record(privateKey);
  if (size !== undefined && SIZES[algorithm]?.(size) === false) yield ['/privateKey/size', `is ${size}, which no key of ${algorithm} has`];
  if (typeof secretName !== 'string' || secretName === '') yield ['/secretName', 'is missing: there is no Secret to keep it in'];
  if (!Array.isArray(dnsNames) && commonName === undefined && isCA !== true)
    yield ['/dnsNames', 'is missing: the certificate is for nobody'];
}

/** A challenge over HTTP arrives where the host leads: Istio's gateway knows no routes of the Gateway API, so it answers none there. */
function* unproved({ spec }: Manifest, target: TargetIndex): Iterable<Fault> {
  const issuer = target.find('ClusterIssuer.cert-manager.io', '', String(spec?.issuerRef?.name));
  const solvers = records(record(issuer?.spec).acme?.solvers);
  if (solvers.length === 0 || !Array.isArray(spec?.dnsNames)) return;
  const served = target.all(ISTIO_GATEWAY).flatMap((gateway) => records(gateway.spec?.servers).flatMap(hostsOf));
  for (const [i, name] of spec.dnsNames.map(String).entries()) {
    if (!served.some(({ host }) => host === name)) continue;
    const [nearest] = solvers
      .map((solver) => ({ solver, nearness: nearnessOf(record(solver.selector), name) }))
      .filter(({ nearness }) => nearness >= 0)
      .sort((one, other) => other.nearness - one.nearness);
    if (nearest?.solver.dns01 !== undefined) continue;
    const reason =
      nearest === undefined
        ? 'which no solver of its issuer is for'
        : "which leads to Istio's gateway, and no challenge over HTTP is answered there";
    yield [`/dnsNames/${i}`, `is "${name}", ${reason}`];
  }
}

/** By what cert-manager chooses among solvers: a host that one names, then the longest zone, then one for everything; below 0 for none. */
function nearnessOf({ dnsNames, dnsZones }: Data, host: string): number {
  if (dnsNames === undefined && dnsZones === undefined) return 0;
  if (Array.isArray(dnsNames) && dnsNames.includes(host)) return Number.POSITIVE_INFINITY;
  const zones = (Array.isArray(dnsZones) ? dnsZones : []).filter((zone) => host === zone || host.endsWith(`.${zone}`));
  return Math.max(-1, ...zones.map((zone) => String(zone).length));
}

/** An issuer that signs with a certificate of its own signs nothing with one that is no authority. */
function* ofAuthority(object: Manifest, target: TargetIndex): Iterable<Problem> {
  const secret = object.spec?.ca?.secretName;
  const certificate = target.all('Certificate.cert-manager.io').find(({ spec }) => secret !== undefined && spec?.secretName === secret);
  if (certificate === undefined || certificate.spec?.isCA === true) return;
  const message = `is not true, though ${object.kind}/${object.metadata.name} signs with this certificate`;
  yield { object: certificate, field: '/spec/isCA', message };
}

function* ofAcme({ spec, metadata }: Manifest, target: TargetIndex): Iterable<Fault> {
  const { acme } = record(spec);
  if (acme === undefined) return;
  const { server, email, solvers, privateKeySecretRef } = record(acme);
  if (String(server).includes('letsencrypt.org') && !LETS_ENCRYPT.test(String(server)))
    yield ['/server', `is "${server}", where Let's Encrypt has no directory`];
  else if (!/^https:\/\/[\w.-]+/.test(String(server))) yield ['/server', `is ${JSON.stringify(server) ?? 'missing'}, not a URL with https`];
  if (email !== undefined && !EMAIL.test(String(email))) yield ['/email', `is "${email}", no address that warnings could be sent to`];
  if (!privateKeySecretRef?.name) yield ['/privateKeySecretRef/name', 'is missing: the account would be another one every time'];
  if (records(solvers).length === 0) yield ['/solvers', 'is empty: no host can be proved to be ours'];
  for (const [i, { http01, dns01 }] of records(solvers).entries()) {
    const { apiKeySecretRef, email: account } = record(dns01?.cloudflare);
    if (apiKeySecretRef !== undefined && account === undefined)
      yield [
        `/solvers/${i}/dns01/cloudflare/apiKeySecretRef`,
        'is the key of an account, and no email says of which: apiTokenSecretRef is for tokens',
      ];
    for (const [j, parent] of records(http01?.gatewayHTTPRoute?.parentRefs).entries()) {
      const field = `/solvers/${i}/http01/gatewayHTTPRoute/parentRefs/${j}`;
      const { namespace = metadata.namespace ?? '', name, sectionName } = parent;
      const gateway = target.find('Gateway.gateway.networking.k8s.io', namespace, String(name));
      if (gateway === undefined) {
        yield [`${field}/name`, `names Gateway "${name}", which does not exist in ${namespace}`];
        continue;
      }
      const listeners = records(gateway.spec?.listeners);
      const meant = listeners.filter((each) => sectionName === undefined || each.name === sectionName);
      if (meant.some(({ port, protocol }) => port === 80 && protocol === 'HTTP')) continue;
      const names = listeners.map((each) => `${each.name} ${each.port}`);
      yield [
        `${field}/sectionName`,
        `is ${JSON.stringify(sectionName) ?? 'missing'}, no listener for HTTP on port 80, where the authority asks${there(names)}`,
      ];
    }
  }
}
