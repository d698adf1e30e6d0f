import type { Manifest } from '../../kubernetes/manifest';
import type { Answering } from '../endpoints';
import type { Pods } from '../pods';

/** A connection that something in the target is configured to open. */
export interface Call {
  /** Where it is configured. */
  readonly object: Manifest;
  readonly field: string;

  /** Who opens it. */
  readonly callers: readonly Pods[];
  readonly answering: Answering;

  /** @default - TCP */
  readonly protocol?: 'UDP';
}
