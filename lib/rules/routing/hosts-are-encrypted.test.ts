import { behindIstio } from '../testing/behind-istio';
import { problems } from '../testing/problems';
import type { Draft } from '../testing/sample-target';

const RULE = 'hosts-are-encrypted';
const listener = (fields: object) => problems(RULE, ({ get }) => Object.assign(get('Gateway/public').spec.listeners[0], fields));
const PLAIN = ': the route would answer in plain text too';

test('accepts routes that answer over HTTPS alone, and listeners that are plain on purpose', () => {
  expect(problems(RULE)).toEqual([]);
});

test('fails for HTTPS without a certificate, or passed through', () => {
  expect(listener({ tls: { mode: 'Passthrough' } })).toEqual([
    'Gateway/public: /spec/listeners/0/tls/certificateRefs is missing: there is no certificate to answer HTTPS with',
    'Gateway/public: /spec/listeners/0/tls/mode is Passthrough, which routes for HTTP cannot attach to',
  ]);
});

test('fails for plain text where clients expect HTTPS', () => {
  expect(listener({ protocol: 'HTTP', tls: undefined })).toEqual([
    'Gateway/public: /spec/listeners/0/protocol is HTTP where clients expect HTTPS: everything would be read in plain text',
  ]);
});

test('fails for a route that answers in plain text as well', () => {
  const route = (annotations: Draft) => problems(RULE, ({ get }) => void Object.assign(get('HTTPRoute/web').metadata, { annotations }));
  const field = 'HTTPRoute/web: /metadata/annotations/konghq.com~1protocols';

  expect(route({})).toEqual([`${field} is missing, not "https"${PLAIN}`]);
  expect(route({ 'konghq.com/protocols': 'http,https' })).toEqual([`${field} is "http,https", not "https"${PLAIN}`]);
});

test('fails for a Canary on every listener of such a gateway', () => {
  expect(
    problems(RULE, ({ get }) => {
      delete get('Canary/model').spec.service.gatewayRefs[0].sectionName;
    }),
  ).toEqual([`Canary/model: /spec/service/apex/annotations/konghq.com~1protocols is missing, not "https"${PLAIN}`]);
});

describe('a server of Istio’s gateway', () => {
  const server = (index: number, change: (server: Draft) => void) =>
    problems(RULE, (drafts) => {
      behindIstio(drafts);
      change(drafts.get('Gateway/models').spec.servers[index]);
    });

  test('terminates HTTPS, or sends plain requests there', () => {
    expect([...server(1, () => {}), ...server(1, ({ tls }) => Object.assign(tls, { mode: 'MUTUAL' }))]).toEqual([]);
  });

  test('fails without a certificate, or where it passes through', () => {
    expect(server(1, (it) => Object.assign(it, { tls: { mode: 'PASSTHROUGH' } }))).toEqual([
      'Gateway/models: /spec/servers/1/tls/mode is PASSTHROUGH, and no route for HTTP sees what passes',
      'Gateway/models: /spec/servers/1/tls/credentialName is missing: there is no certificate to answer HTTPS with',
    ]);
  });

  test('fails where it answers in plain text', () => {
    expect(server(0, (it) => Object.assign(it, { tls: undefined }))).toEqual([
      'Gateway/models: /spec/servers/0/tls/httpsRedirect is not true: tokens and requests would be taken in plain text',
    ]);
    expect(server(1, ({ port }) => Object.assign(port, { protocol: 'HTTP' }))).toEqual([
      'Gateway/models: /spec/servers/1/port/protocol is HTTP where clients expect HTTPS: everything would be read in plain text',
    ]);
  });
});
