import { problems } from '../testing/problems';
import type { Draft } from '../testing/sample-target';

const OURS = ['"ghcr.io/fluxcd/"', '"registry.example.com/"', '"quay.io/"', '"docker.io/"'];
const sources = (list: readonly string[]) => `variables.all(c, [${list.join(',')}].exists(source, c.image.startsWith(source)))`;
const among = (values: readonly string[], operator = 'In') => ({
  namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator, values }] },
});
const kyverno = (kind: string, spec: Draft) => ({
  ...{ apiVersion: 'policies.kyverno.io/v1beta1', kind, metadata: { name: 'policy' } },
  spec: { matchConstraints: among(['app', 'llm']), ...spec },
});
const found = (kind: string, spec: Draft) => problems('policies-admit-pods', ({ add }) => add(kyverno(kind, spec)));
const validating = (spec: Draft) => found('ValidatingPolicy', { validations: [{ expression: sources(OURS) }], ...spec });
const signed = (identity: Draft) =>
  found('ImageValidatingPolicy', { attestors: [{ name: 'signer', cosign: { keyless: { identities: [identity] } } }] });

const issuer = 'https://issuer.example.com';
const AT = 'ValidatingPolicy/policy: /spec';
const IDENTITY = 'ImageValidatingPolicy/policy: /spec/attestors/0/cosign/keyless/identities/0';

test('accepts a policy over namespaces of the target that admits what runs there', () => {
  expect(validating({})).toEqual([]);
  expect(validating({ validations: [{ expression: 'object.spec.hostNetwork != true' }] })).toEqual([]);
});

test('accepts signers who are named from start to end', () => {
  expect(signed({ issuer, subject: 'release@example.com' })).toEqual([]);
  expect(signed({ issuer, subjectRegExp: '^https://git\\.example\\.com/team/.+$' })).toEqual([]);
});

test.each<[string, Draft, string]>([
  ['every namespace but ours', among(['app'], 'NotIn'), 'does not name namespaces (kubernetes.io/metadata.name, In)'],
  ['every namespace', {}, 'does not name namespaces (kubernetes.io/metadata.name, In)'],
])('fails for a policy over %s', (_, matchConstraints, message) => {
  expect(validating({ matchConstraints })).toEqual([expect.stringContaining(`${AT}/matchConstraints/namespaceSelector ${message}`)]);
});

test('fails for a namespace that the target does not make', () => {
  expect(validating({ matchConstraints: among(['app', 'lml']) })).toEqual([
    expect.stringMatching(/namespaceSelector names lml, which the target does not make \(there: app, .*llm/),
  ]);
});

test('fails for a list that misses what runs there, or names no registry', () => {
  expect(validating({ validations: [{ expression: sources(OURS.slice(1)) }] })).toEqual([
    expect.stringMatching(/^ValidatingPolicy\/policy: \/spec\/validations\/0\/expression refuses "ghcr\.io\/fluxcd\/.*", which runs there/),
  ]);
  expect(validating({ validations: [{ expression: sources([...OURS, '"d"']) }] })).toEqual([
    `${AT}/validations/0/expression admits all that begins with "d", and names no registry: end it with a slash`,
  ]);
});

test.each<[string, Draft, string]>([
  ['anybody', { issuer, subjectRegExp: '.*' }, '/subjectRegExp is ".*", which anybody matches'],
  ['anybody, from start to end', { issuer, subjectRegExp: '^.*$' }, '/subjectRegExp is "^.*$", which anybody matches'],
  ['who has the name somewhere', { issuer, subjectRegExp: 'example' }, '/subjectRegExp is "example", which anybody matches'],
  ['nobody in particular', { issuer }, '/subjectRegExp is undefined, which anybody matches'],
  ['the right name of any issuer', { subject: 'release@example.com' }, '/issuer is missing'],
])('fails for a signature of %s', (_, identity, message) => {
  expect(signed(identity)).toEqual([expect.stringContaining(`${IDENTITY}${message}`)]);
});

test('fails for an expression whose brackets do not close', () => {
  expect(validating({ validations: [{ expression: 'object.spec.containers.all(c, !c.image.endsWith(":)latest")' }] })).toEqual([
    `${AT}/validations/0/expression has brackets that do not close: the policy would not be active`,
  ]);
  expect(validating({ validations: [{ expression: "object.metadata.name.matches('^[(]')" }] })).toEqual([]);
});

test('fails for signatures of images that come from nowhere', () => {
  const of = (glob: string) => found('ImageValidatingPolicy', { matchImageReferences: [{ glob }] });

  expect([...of('ghcr.io/codelab/*'), ...of('ghcr.io/*')]).toEqual([]);
  expect(of('ghcr.io/code-lab/*')).toEqual([
    'ImageValidatingPolicy/policy: /spec/matchImageReferences/0/glob is "ghcr.io/code-lab/*", which no known source of images begins with: nothing is verified',
  ]);
});
