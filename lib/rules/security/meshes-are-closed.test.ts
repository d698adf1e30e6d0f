import { behindIstio } from '../testing/behind-istio';
import { problems } from '../testing/problems';
import type { Draft } from '../testing/sample-target';

const object = (kind: string, spec: Draft): Draft => ({
  ...{ apiVersion: 'security.istio.io/v1', kind, metadata: { name: 'members', namespace: 'app' }, spec },
});
const parts = () => ({
  peers: object('PeerAuthentication', { mtls: { mode: 'STRICT' } }),
  callers: object('AuthorizationPolicy', { action: 'ALLOW', rules: [{ from: [{ source: { namespaces: ['app', 'edge'] } }] }] }),
});
const found = (change: (all: ReturnType<typeof parts>, labels: Draft) => void, left: readonly string[] = []) =>
  problems('meshes-are-closed', ({ get, add }) => {
    const all = parts();
    const labels = get('Namespace/app').metadata.labels;
    labels['istio.io/dataplane-mode'] = 'ambient';
    change(all, labels);
    add(...Object.entries(all).flatMap(([name, each]) => (left.includes(name) ? [] : [each])));
  });

test('accepts a closed namespace, one that takes plain text of everybody, and one outside of the mesh', () => {
  expect(found(({ peers }) => Object.assign(peers.spec.mtls, { mode: 'PERMISSIVE' }), ['callers'])).toEqual([]);
  expect(found(() => {}, ['peers', 'callers'])).toEqual([]);
  expect(found(() => {})).toEqual([]);
  expect(problems('meshes-are-closed', behindIstio)).toEqual([]);
  expect(problems('meshes-are-closed')).toEqual([]);
});

const AT = 'Namespace/app: /metadata/labels/';
test.each<[string, Parameters<typeof found>, string]>([
  [
    'no encryption',
    [({ peers }) => Object.assign(peers.spec.mtls, { mode: 'DISABLE' })],
    'PeerAuthentication/members: /spec/mtls/mode is DISABLE, not STRICT or PERMISSIVE',
  ],
  [
    'plain text',
    [({ peers }) => Object.assign(peers.spec.mtls, { mode: 'PERMISSIVE' })],
    'PeerAuthentication/members: /spec/mtls/mode is PERMISSIVE: who calls in plain text has no name that an AuthorizationPolicy could allow',
  ],
  [
    'nobody who refuses plain text',
    [() => {}, ['peers']],
    `${AT}istio.io~1dataplane-mode is ambient, and its AuthorizationPolicies name callers whom no PeerAuthentication makes prove it`,
  ],
  [
    'nobody who names callers',
    [() => {}, ['callers']],
    `${AT}istio.io~1dataplane-mode is ambient, and no AuthorizationPolicy names who may call`,
  ],
  [
    'a rule for everybody',
    [({ callers }) => Object.assign(callers.spec, { rules: [{}] })],
    'AuthorizationPolicy/members: /spec/rules/0 names no caller, so that everybody may call',
  ],
  [
    'a refusal of everybody',
    [({ callers }) => Object.assign(callers.spec, { action: 'DENY' })],
    'AuthorizationPolicy/members: /spec/action is DENY for the whole namespace',
  ],
  [
    'a namespace that is no longer of the mesh',
    [(_, labels) => void delete labels['istio.io/dataplane-mode']],
    `${AT}istio.io~1dataplane-mode is not ambient, though PeerAuthentication/members is about its pods: outside of the mesh, nobody encrypts or refuses`,
  ],
  [
    'a rule about requests',
    [({ callers }) => Object.assign(callers.spec.rules[0], { to: [{ operation: { methods: ['GET'], notPaths: ['/x'] } }] })],
    'AuthorizationPolicy/members: /spec/rules/0 asks for methods and notPaths, which the tunnel of a node does not see: it would refuse every call',
  ],
  [
    'a rule about tokens',
    [
      ({ callers }) => {
        callers.spec.rules[0].when = [{ key: 'request.auth.claims[aud]', values: ['models'] }];
      },
    ],
    'AuthorizationPolicy/members: /spec/rules/0 asks for request.auth.claims[aud], which the tunnel of a node does not see: it would refuse every call',
  ],
  [
    'sidecars',
    [(_, labels) => Object.assign(labels, { 'istio-injection': 'enabled' })],
    `${AT}istio-injection stands beside istio.io/dataplane-mode: pods would get a sidecar as well`,
  ],
])('fails for %s', (_, [change, left], message) => {
  expect(found(change, left)).toEqual([message]);
});

test('lets a proxy of the namespace read requests', () => {
  expect(
    found(({ callers }, labels) => {
      labels['istio.io/use-waypoint'] = 'waypoint';
      callers.spec.rules[0].to = [{ operation: { methods: ['GET'], ports: ['8080'] } }];
    }),
  ).toEqual([]);
});
