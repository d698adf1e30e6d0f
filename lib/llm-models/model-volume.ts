const GIB = 2 ** 30;

/**
 * Size of a claim that holds models, GiB: every artefact twice, since a release serves the current revision while
 * the next one is fetched.
 *
 * @param leastGiB what the environment claims at least
 */
export function modelVolumeGiB(artefactBytes: readonly number[], leastGiB: number): number {
  const needed = (2 * artefactBytes.reduce((sum, bytes) => sum + bytes, 0)) / GIB;
  return Math.max(leastGiB, 10 * Math.ceil(needed / 10));
}
