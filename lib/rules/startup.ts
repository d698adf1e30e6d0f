import { type Data, record } from './fields';
import type { Workload } from './workload';

/** Seconds that Kubernetes and Flagger wait for progress when nothing is written. */
export const DEFAULT_DEADLINE = 600;

/** Seconds until the image of a new pod is there: a node boots in about five minutes and pulls on the way. */
export const NODE_AND_IMAGE = 300;

/** How long the slowest container may take to start before it is killed. */
export const startSeconds = ({ containers }: Workload): number =>
  Math.max(0, ...containers.map(({ spec }) => probeSeconds(record(spec.startupProbe))));

const probeSeconds = ({ initialDelaySeconds = 0, periodSeconds = 10, failureThreshold = 0 }: Data): number =>
  initialDelaySeconds + periodSeconds * failureThreshold;

/** What a container asks of an accelerator, such as `nvidia.com/gpu`, and how many. */
export function accelerators(spec: Data): number {
  let sum = 0;
  for (const [resource, count] of Object.entries(record(record(spec.resources).limits))) if (resource.includes('/')) sum += Number(count);
  return sum;
}

/** Whether a pod of the workload holds an accelerator. */
export const accelerated = ({ containers }: Workload): boolean => containers.some(({ spec }) => accelerators(spec) > 0);
