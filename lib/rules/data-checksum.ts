import { createHash } from 'node:crypto';

/** The first eight bytes of the SHA-256 of a ConfigMap's data as JSON with sorted keys. */
export function dataChecksum(data: Readonly<Record<string, string>>): string {
  const sorted = Object.fromEntries(Object.entries(data).sort(([one], [other]) => (one < other ? -1 : 1)));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 16);
}
