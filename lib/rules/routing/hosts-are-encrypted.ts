import type { Manifest } from '../../kubernetes/manifest';
import { type Data, record, records } from '../fields';
import { ISTIO_GATEWAY } from '../istio';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';

const GATEWAY = 'Gateway.gateway.networking.k8s.io';
const PROTOCOLS = 'konghq.com/protocols';

export const hostsAreEncrypted: Rule = {
  id: 'hosts-are-encrypted',
  title: 'Listeners for HTTPS terminate it with a certificate, and their routes answer over HTTPS alone.',
  why: 'Kong lets a route answer on every port of its proxies unless an annotation limits it: keys and prompts would also be accepted in plain text, whatever listener the route attaches to.',
  fix: 'Take the listeners from PublicGateway of lib/edge/public-gateway.ts, and the annotations of the route from httpsOnly of lib/routing/https-only.ts.',
  *check(target) {
    for (const object of target.all(GATEWAY)) {
      for (const [i, listener] of records(object.spec?.listeners).entries()) {
        for (const [at, message] of faults(listener)) yield { object, field: `/spec/listeners/${i}${at}`, message };
      }
    }
    for (const object of target.all(ISTIO_GATEWAY)) {
      for (const [i, server] of records(object.spec?.servers).entries()) {
        for (const [at, message] of ofServer(server)) yield { object, field: `/spec/servers/${i}${at}`, message };
      }
    }
    for (const object of target.all('HTTPRoute.gateway.networking.k8s.io')) {
      yield* plain(object, '/metadata/annotations', record(object.metadata.annotations), object.spec?.parentRefs, target);
    }
    for (const { canary: object } of target.releases) {
      const { apex, gatewayRefs } = record(object.spec?.service);
      yield* plain(object, '/spec/service/apex/annotations', record(record(apex).annotations), gatewayRefs, target);
    }
  },
};

function* faults({ protocol, port, tls }: Data): Iterable<readonly [field: string, message: string]> {
  const { certificateRefs, mode = 'Terminate' } = record(tls);
  if (protocol === 'HTTPS') {
    if (records(certificateRefs).length === 0) yield ['/tls/certificateRefs', 'is missing: there is no certificate to answer HTTPS with'];
    if (mode !== 'Terminate') yield ['/tls/mode', `is ${mode}, which routes for HTTP cannot attach to`];
  } else if (protocol === 'HTTP' && (tls !== undefined || port === 443)) {
    yield ['/protocol', 'is HTTP where clients expect HTTPS: everything would be read in plain text'];
  } else if (protocol === undefined) {
    yield ['/protocol', 'is missing'];
  }
}

/** What terminates HTTPS; with `MUTUAL`, clients show a certificate too. */
const TERMINATING = ['SIMPLE', 'MUTUAL', 'OPTIONAL_MUTUAL'];

function* ofServer({ port, tls }: Data): Iterable<readonly [field: string, message: string]> {
  const { protocol, number } = record(port);
  const { mode, credentialName, httpsRedirect } = record(tls);
  if (protocol === 'HTTPS' || protocol === 'TLS') {
    if (!TERMINATING.includes(mode)) yield ['/tls/mode', `is ${mode}, and no route for HTTP sees what passes`];
    if (credentialName === undefined) yield ['/tls/credentialName', 'is missing: there is no certificate to answer HTTPS with'];
  } else if (number === 443) {
    yield ['/port/protocol', `is ${protocol} where clients expect HTTPS: everything would be read in plain text`];
  } else if (httpsRedirect !== true) {
    yield ['/tls/httpsRedirect', 'is not true: tokens and requests would be taken in plain text'];
  }
}

function* plain(object: Manifest, field: string, annotations: Data, parents: Data, target: TargetIndex): Iterable<Problem> {
  const encrypted = records(parents).some(({ name, namespace = object.metadata.namespace, sectionName }) =>
    records(target.find(GATEWAY, namespace, name)?.spec?.listeners).some(
      (listener) => listener.protocol === 'HTTPS' && (sectionName === undefined || sectionName === listener.name),
    ),
  );
  if (!encrypted || annotations[PROTOCOLS] === 'https') return;
  const value = annotations[PROTOCOLS] === undefined ? 'missing' : `"${annotations[PROTOCOLS]}"`;
  yield {
    object,
    field: `${field}/${PROTOCOLS.replace('/', '~1')}`,
    message: `is ${value}, not "https": the route would answer in plain text too`,
  };
}
