import { type Data, record, records } from '../fields';
import { quantity } from '../quantity';

/** What a pod asks for, in base units (processors, bytes, devices), by resource: `cpu`, `memory`, `nvidia.com/gpu`. */
export type Amounts = Readonly<Record<string, number>>;

/**
 * What the scheduler reserves for one pod, and what quotas count: the sum of its containers, or what the largest init
 * container asks for beside the sidecars that run already.
 *
 * @param side `requests`; a missing one is the limit, as the API server writes it
 */
export function podSize(pod: Data, side: 'requests' | 'limits' = 'requests'): Amounts {
  const running: Record<string, number> = {};
  const peak: Record<string, number> = {};
  for (const container of records(pod.initContainers)) {
    const sidecar = container.restartPolicy === 'Always';
    for (const [resource, amount] of Object.entries(amountsOf(container, side))) {
      if (sidecar) running[resource] = (running[resource] ?? 0) + amount;
      else peak[resource] = Math.max(peak[resource] ?? 0, (running[resource] ?? 0) + amount);
    }
  }
  for (const container of records(pod.containers)) add(running, amountsOf(container, side));
  for (const resource in peak) running[resource] = Math.max(running[resource] ?? 0, peak[resource] ?? 0);
  return running;
}

/** What one container asks for. */
export function amountsOf(container: Data, side: 'requests' | 'limits'): Amounts {
  const { requests, limits } = record(container.resources);
  const written = side === 'limits' ? record(limits) : { ...record(limits), ...record(requests) };
  const amounts: Record<string, number> = {};
  for (const resource in written) amounts[resource] = quantity(written[resource]) || 0;
  return amounts;
}

/** Adds amounts to a sum. */
export function add(sum: Record<string, number>, amounts: Amounts, times = 1): void {
  for (const resource in amounts) sum[resource] = (sum[resource] ?? 0) + times * (amounts[resource] ?? 0);
}

const GIB = 2 ** 30;

/** An amount as messages show it. */
export const shown = (resource: string, amount: number): string =>
  /memory|storage/.test(resource) ? `${round(amount / GIB)}Gi` : String(round(amount));

const round = (amount: number): number => Math.round(amount * 100) / 100;
