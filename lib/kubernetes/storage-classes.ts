/**
 * Storage classes by role, the same names on every platform. None is called as a provider calls its own: AKS, for one,
 * resets the classes that it brings.
 */

/** One writer: databases, caches. */
export const DATA_BLOCK = 'data-block';

/** Many pods at once: model files, compile caches, files of users. */
export const MODEL_SHARED = 'model-shared';
