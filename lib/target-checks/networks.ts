import { isIPv4 } from 'node:net';

import type { Shape } from './texts';

/** Addresses from one to another. */
interface Range {
  readonly from: number;
  readonly to: number;
}

/** Networks that lead nowhere else: RFC 1918, and what carriers share (RFC 6598). */
const PRIVATE: readonly Range[] = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'].map(
  (block) => rangeOf(block) as Range,
);

/** More would hold the nodes' own addresses, which MetalLB would then answer for. */
const MOST_ADDRESSES = 4096;

/** What MetalLB takes: a range or a block of IPv4 addresses, of a local network. */
export const addressPool: Shape = {
  matches: (text) => {
    const range = rangeOf(text);
    return (
      range !== undefined && range.to - range.from < MOST_ADDRESSES && PRIVATE.some(({ from, to }) => from <= range.from && range.to <= to)
    );
  },
  mistake: `it is no range of at most ${MOST_ADDRESSES} addresses of a private network: write it like "10.0.0.10-10.0.0.20" or "10.0.0.0/28"`,
};

/** A block of IPv4 addresses, by its first one. The widest that anybody owns has 8 bits; `0.0.0.0/0` would be everybody. */
export const network: Shape = {
  matches: (text) => {
    const [address = '', bits = ''] = text.split('/');
    const range = rangeOf(text);
    return !text.includes('-') && range !== undefined && range.from === numberOf(address) && Number(bits) >= 8;
  },
  mistake: 'it is no block of addresses from its first one on, of 8 bits or more: write it like "10.0.0.0/16"',
};

/** The address of a node's own DNS cache: on the node, or in the cluster. */
export const nodeLocal: Shape = {
  matches: (text) =>
    isIPv4(text) && (text.startsWith('169.254.') || PRIVATE.some(({ from, to }) => from <= numberOf(text) && numberOf(text) <= to)),
  mistake: 'it is no address on a node: write it like "169.254.20.10"',
};

function rangeOf(text: string): Range | undefined {
  const [from = '', to = '', ...more] = text.split('-');
  if (text.includes('-')) {
    const isRange = more.length === 0 && isIPv4(from) && isIPv4(to) && numberOf(from) <= numberOf(to);
    return isRange ? { from: numberOf(from), to: numberOf(to) } : undefined;
  }
  const [address = '', bits = '', ...rest] = text.split('/');
  if (rest.length > 0 || !isIPv4(address) || !/^\d{1,2}$/.test(bits) || Number(bits) > 32) return undefined;
  const size = 2 ** (32 - Number(bits));
  const first = Math.floor(numberOf(address) / size) * size;
  return { from: first, to: first + size - 1 };
}

function numberOf(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}
