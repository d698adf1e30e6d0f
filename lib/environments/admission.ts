import type { AdmissionSettings, SignedImages } from '../foundation/admission-settings';

/** Images of CodeLab, built and signed by its workflows. Reported until every one that is pinned has a signature. */
const codelab: SignedImages = {
  name: 'codelab',
  images: 'ghcr.io/codelab/*',
  signedBy: {
    kind: 'identity',
    issuer: 'https://token.actions.githubusercontent.com',
    subject: '^https://github\\.com/codelab/[^/]+/\\.github/workflows/[^@]+@refs/heads/main$',
  },
  unsigned: 'audit',
};

/** Images of KIVA, signed with the key in its vault. Reported until then as well. */
const kiva: SignedImages = {
  name: 'kiva',
  images: 'exxkiregistry.azurecr.io/*',
  signedBy: { kind: 'key', kms: 'azurekms://kiva-prod.vault.azure.net/image-signing' },
  unsigned: 'audit',
};

/** Staging refuses what production reports: a policy that is wrong shows where nobody waits for it. */
export const admission = {
  staging: { baseline: 'deny', signatures: [codelab] },
  production: { baseline: 'audit', signatures: [codelab] },
  kiva: { baseline: 'audit', signatures: [kiva] },
} as const satisfies Record<string, AdmissionSettings>;
