/** A tag in parts: what stands before the version, its numbers, and what follows. */
interface Version {
  readonly numbers: readonly number[];
  readonly isPreview: boolean;
  readonly rest: string;
}

/**
 * Whether a tag names an earlier version than another of the same repository: `v0.23.0` than `v0.24.0`, `1.0-rc1` than `1.0`.
 * Tags without numbers are in no order.
 */
export function isEarlier(tag: string, other: string): boolean {
  const [a, b] = [versionOf(tag), versionOf(other)];
  if (a === undefined || b === undefined) return false;
  const order = compare(a.numbers, b.numbers);
  if (order !== 0) return order < 0;
  if (a.isPreview !== b.isPreview) return a.isPreview;
  // The same words with other numbers: builds of one version.
  return skeleton(a.rest) === skeleton(b.rest) && compare(numbersIn(a.rest), numbersIn(b.rest)) < 0;
}

function versionOf(tag: string): Version | undefined {
  const { version, rest = '' } = /^(?:[a-z]+[-_])*v?(?<version>\d+(?:\.\d+)*)(?<rest>.*)$/i.exec(tag)?.groups ?? {};
  if (version === undefined) return undefined;
  return { numbers: version.split('.').map(Number), isPreview: /^[-._]?(?:alpha|beta|rc|pre|preview|dev|nightly)/i.test(rest), rest };
}

const skeleton = (text: string): string => text.replaceAll(/\d+/g, '#');
const numbersIn = (text: string): readonly number[] => (text.match(/\d+/g) ?? []).map(Number);

function compare(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
