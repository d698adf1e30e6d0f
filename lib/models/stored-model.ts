/** A model on the shared claim of its target, as the prefetch Job leaves it there. */
export interface StoredModel {
  /** Claim that holds the model; servers mount it read-only. */
  readonly claim: string;

  /** Folder of the revision below the claim's root; it appears there only when it is complete and verified. */
  readonly folder: string;

  /**
   * What the marker file must hold before a server starts: the checksum of the revision.
   *
   * @default - anything: the pin has no checksum yet
   */
  readonly mark?: string;

  /** Seconds that the Job may take to bring it there: servers wait for it that long. */
  readonly fetchSeconds: number;
}

/** Where pods mount the claim. */
export const MODELS_MOUNT = '/models';

/** The user that writes the shared claims and reads them: file systems behind shared storage know no `fsGroup`. */
export const MODEL_USER = 1000;
