import type { GpuName } from './gpu';
import type { Cloud } from './region';

/** What is known of a machine by its name alone. */
export interface MachineShape {
  /** @default - the name does not tell */
  readonly cpus?: number;

  /** @default - it has none, or one that nobody listed here */
  readonly gpu?: GpuName;

  /** @default - it has none, or nobody listed it here */
  readonly gpus?: number;
}

/** How clouds name machines. */
const NAMES: Readonly<Record<Cloud['kind'], RegExp>> = {
  aws: /^[a-z][a-z0-9-]*\.(?<size>[a-z0-9-]+)$/,
  azure: /^Standard_[A-Z]+(?<cpus>\d+)(?<constrained>-\d+)?\w*$/,
  gcp: /^[a-z]\w*-[a-z]+(?:-(?<cpus>\d+)(?=-|$))?[\w-]*$/, // `-8g` counts GPUs
  none: /\S/,
};

/** Machines with accelerators, by the lists of their clouds. */
const ACCELERATED: readonly (readonly [name: RegExp, gpu: GpuName, gpus: number])[] = [
  [/^p3\.2xlarge$/, 'v100', 1],
  [/^p3\.8xlarge$/, 'v100', 4],
  [/^p3\.16xlarge$/, 'v100', 8],
  [/^p4de\.24xlarge$/, 'a100', 8],
  [/^p5\.48xlarge$/, 'h100', 8],
  [/^g4dn\.(?:xlarge|2xlarge|4xlarge|8xlarge|16xlarge)$/, 't4', 1],
  [/^g4dn\.12xlarge$/, 't4', 4],
  [/^g5\.(?:xlarge|2xlarge|4xlarge|8xlarge|16xlarge)$/, 'a10', 1],
  [/^g5\.(?:12xlarge|24xlarge)$/, 'a10', 4],
  [/^g5\.48xlarge$/, 'a10', 8],
  [/^g6\.(?:xlarge|2xlarge|4xlarge|8xlarge|16xlarge)$/, 'l4', 1],
  [/^g6\.(?:12xlarge|24xlarge)$/, 'l4', 4],
  [/^g6\.48xlarge$/, 'l4', 8],
  [/^g6e\.(?:xlarge|2xlarge|4xlarge|8xlarge|16xlarge)$/, 'l40s', 1],
  [/^g6e\.(?:12xlarge|24xlarge)$/, 'l40s', 4],
  [/^g6e\.48xlarge$/, 'l40s', 8],
  [/^Standard_NC24ads_A100_v4$/, 'a100', 1],
  [/^Standard_NC48ads_A100_v4$/, 'a100', 2],
  [/^Standard_NC96ads_A100_v4$/, 'a100', 4],
  [/^Standard_NC(?:4|8|16)as_T4_v3$/, 't4', 1],
  [/^Standard_NC64as_T4_v3$/, 't4', 4],
];

/** Processors of AWS's machines by the word in their names; `2xlarge` has twice those of `xlarge`. */
const SIZES: Readonly<Record<string, number>> = { medium: 1, large: 2, xlarge: 4 };

/** Families of AWS that count otherwise: two processors from the smallest machine on. */
const BURSTABLE = /^t\d/;

/** What a machine's name tells; `foreign` where its cloud has no such names. */
export function shapeOf(kind: Cloud['kind'], name: string): MachineShape | 'foreign' {
  const match = NAMES[kind].exec(name);
  if (match === null) return 'foreign';
  const { size, cpus, constrained } = match.groups ?? {};
  const [, gpu, gpus] = ACCELERATED.find(([pattern]) => pattern.test(name)) ?? [];
  return {
    ...(kind === 'aws' ? ofSize(name, String(size)) : {}),
    ...(kind === 'azure' && cpus !== undefined && constrained === undefined ? { cpus: Number(cpus) } : {}),
    ...(kind === 'gcp' && cpus !== undefined ? { cpus: Number(cpus) } : {}),
    ...(gpu === undefined || gpus === undefined ? {} : { gpu, gpus }),
  };
}

function ofSize(name: string, size: string): Pick<MachineShape, 'cpus'> {
  const [, times = '1', word = ''] = /^(\d*)(x?large|medium)$/.exec(size) ?? [];
  const cpus = SIZES[word];
  if (cpus === undefined || (BURSTABLE.test(name) && word === 'medium')) return {};
  return { cpus: cpus * Number(times || '1') };
}
