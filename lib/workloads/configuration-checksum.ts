import { createHash } from 'node:crypto';

/** Annotation of pods that replaces them when their configuration files change: nothing else tells them. */
export function configurationChecksum(files: Readonly<Record<string, string>>): Record<string, string> {
  const sorted = Object.fromEntries(Object.entries(files).sort(([one], [other]) => (one < other ? -1 : 1)));
  const hash = createHash('sha256').update(JSON.stringify(sorted)).digest('hex');
  return { 'slipway.dev/configuration': hash.slice(0, 16) };
}
