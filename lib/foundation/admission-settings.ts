/** What an environment decides about pods that the API server admits to namespaces of ours. */
export interface AdmissionSettings {
  /** What becomes of a pod that breaks the baseline: floating tags, strange registries, privileges, no bounds. */
  readonly baseline: Consequence;

  /** Who signs which images, and what becomes of a pod with one that nobody signed. */
  readonly signatures: readonly SignedImages[];
}

/** Refused, or admitted and reported. */
export type Consequence = 'deny' | 'audit';

/** Images that somebody signs with cosign. */
export interface SignedImages {
  /** Part of the policy's name. */
  readonly name: string;

  /** Their names, `*` for any part: `ghcr.io/codelab/*`. */
  readonly images: string;

  readonly signedBy: Signer;
  readonly unsigned: Consequence;
}

/** A workflow with an identity, whose signatures are public, or a key that a cloud keeps. */
export type Signer =
  | { readonly kind: 'identity'; readonly issuer: string; readonly subject: string }
  | { readonly kind: 'key'; readonly kms: `${'awskms' | 'azurekms' | 'gcpkms'}://${string}` };
