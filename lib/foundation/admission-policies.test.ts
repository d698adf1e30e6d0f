import { find, synth } from '../testing/manifests';
import { AdmissionPolicies, type AdmissionPoliciesProps } from './admission-policies';
import type { SignedImages } from './admission-settings';

const ours: SignedImages = {
  ...{ name: 'ours', images: 'registry.example.com/*', unsigned: 'audit' },
  signedBy: { kind: 'key', kms: 'azurekms://vault.example.com/signing' },
};
const azure = { kind: 'azure', tenantId: 'tenant', vault: 'vault', clientId: 'client' } as const;

const policies = (change: Partial<AdmissionPoliciesProps['settings']> = {}, cloud: AdmissionPoliciesProps['cloud'] = azure) =>
  synth((chart) => {
    const settings = { baseline: 'deny', signatures: [ours], ...change } as const;
    new AdmissionPolicies(chart, 'admission', { settings, namespaces: ['kiva', 'llm'], cloud });
  });
const baseline = (change?: Partial<AdmissionPoliciesProps['settings']>) => find(policies(change), 'ValidatingPolicy', 'pod-baseline').spec;
const signed = (change?: Partial<AdmissionPoliciesProps['settings']>, cloud?: AdmissionPoliciesProps['cloud']) =>
  find(policies(change, cloud), 'ImageValidatingPolicy', 'signed-images-of-ours').spec;

test('looks at pods of our namespaces and of no other', () => {
  for (const { matchConstraints } of [baseline(), signed()]) {
    expect(matchConstraints.namespaceSelector.matchExpressions).toEqual([
      { key: 'kubernetes.io/metadata.name', operator: 'In', values: ['kiva', 'llm'] },
    ]);
    expect(matchConstraints.resourceRules).toEqual([
      { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['pods'] },
    ]);
  }
});

test('refuses or reports as the environment says, and admits where nobody answers', () => {
  expect(baseline().validationActions).toEqual(['Deny']);
  expect(baseline({ baseline: 'audit' }).validationActions).toEqual(['Audit']);
  expect(signed().validationActions).toEqual(['Audit']);
  expect(signed({ signatures: [{ ...ours, unsigned: 'deny' }] }).validationActions).toEqual(['Deny']);
  expect([baseline().failurePolicy, signed().failurePolicy]).toEqual(['Ignore', 'Ignore']);
});

test('asks for a version, a known source, bounds, and no privileges', () => {
  const expressions: string[] = baseline().validations.map(({ expression }: { expression: string }) => expression);

  expect(expressions).toEqual([
    expect.stringContaining(':latest'),
    expect.stringContaining('"exxkiregistry.azurecr.io/"'),
    expect.stringContaining('privileged'),
    expect.stringContaining('limits.?memory'),
  ]);
  expect(expressions[1]).not.toContain('example.com');
});

test('asks for signatures of a key, or of a workflow', () => {
  expect(signed().matchImageReferences).toEqual([{ glob: 'registry.example.com/*' }]);
  expect(signed().attestors).toEqual([{ name: 'signer', cosign: { key: { kms: 'azurekms://vault.example.com/signing' } } }]);

  const identity = { kind: 'identity', issuer: 'https://issuer.example.com', subject: '^https://git.+$' } as const;
  expect(signed({ signatures: [{ ...ours, signedBy: identity }] }).attestors[0].cosign.keyless.identities).toEqual([
    { issuer: 'https://issuer.example.com', subjectRegExp: '^https://git.+$' },
  ]);
});

test('reads the registry of the cloud by the identity of the cluster', () => {
  expect(signed().credentials.providers).toEqual(['default', 'azure']);
  expect(signed({}, { kind: 'none' }).credentials.providers).toEqual(['default']);
});
