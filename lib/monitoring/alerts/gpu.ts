import type { Alert } from '../../observability/alert-rules';

/** Newer exporters write the name of the node in small letters; the operator's and the chart's need not be of one age. */
export const GPU = 'Hostname, hostname, gpu';
const WHERE = 'GPU {{ $labels.gpu }} of {{ $labels.Hostname }}{{ $labels.hostname }}';

/** Share of its memory from which on a GPU has no room left: engines take 90 % of it and keep to that. */
export const MEMORY_LIMIT = 0.97;

/** Degrees from which on a GPU of a data centre lowers its clock. */
export const HOT = 87;

/** Faults of the hardware, by NVIDIA's numbers; others are faults of programs: https://docs.nvidia.com/deploy/xid-errors. */
const FAULTS = [48, 62, 64, 74, 79, 92, 94, 95, 119, 120];

/** What DCGM tells of GPUs, wherever an exporter or an operator measures them. */
export const gpu: readonly Alert[] = [
  {
    name: 'GpuFails',
    expr: FAULTS.map((xid) => `DCGM_FI_DEV_XID_ERRORS == ${xid}`).join(' or '),
    ...{ for: '1m', severity: 'page' },
    summary: `${WHERE} reports fault Xid {{ $value }}`,
    description: 'The hardware fails: engines on it stop, get stuck or compute nonsense. The node must be replaced.',
  },
  {
    name: 'GpuMemoryFails',
    expr: `max by (${GPU}) (DCGM_FI_DEV_ROW_REMAP_FAILURE) > 0`,
    ...{ for: '5m', severity: 'page' },
    summary: `The memory of ${WHERE} has more faults than it has spare rows`,
    description: 'Errors can no longer be put right. The node must be replaced.',
  },
  {
    name: 'GpuHot',
    expr: `max by (${GPU}) (DCGM_FI_DEV_GPU_TEMP) > ${HOT}`,
    ...{ for: '10m', severity: 'ticket' },
    summary: `${WHERE} is hotter than ${HOT} °C`,
    description: 'It lowers its clock, and answers become slower than the hardware could make them.',
  },
  {
    name: 'GpuIdle',
    expr: `max by (${GPU}) (max_over_time(DCGM_FI_DEV_GPU_UTIL[6h])) == 0`,
    ...{ for: '2h', severity: 'ticket' },
    summary: `${WHERE} has computed nothing for hours`,
    description: 'It is paid for and used by nobody: a pod holds it without work, or its node is not needed.',
  },
  {
    name: 'GpuMemoryFull',
    expr: `max by (${GPU}) (DCGM_FI_DEV_FB_USED / (DCGM_FI_DEV_FB_USED + DCGM_FI_DEV_FB_FREE > 0)) > ${MEMORY_LIMIT}`,
    ...{ for: '15m', severity: 'ticket' },
    summary: `Nearly nothing of the memory of ${WHERE} is free`,
    description:
      'An engine keeps to the share that it was given: somebody else is on the GPU, and the next large batch may end the engine.',
  },
  {
    name: 'GpuUnmeasured',
    expr: [
      'max by (node) (kube_node_status_allocatable{resource="nvidia_com_gpu"}) > 0',
      `unless on (node) max by (node) (${ofNode('DCGM_FI_DEV_GPU_TEMP', 'node')})`,
    ].join('\n'),
    ...{ for: '30m', severity: 'ticket' },
    summary: 'Nobody measures the GPUs of {{ $labels.node }}',
    description: 'They work as before, but a fault of theirs would be noticed by users first: the exporter is gone, or is not reached.',
  },
];

const named = (series: string): string =>
  `max by (gpu_index, node_name) (label_replace(${ofNode(series, 'node_name')}, "gpu_index", "$1", "gpu", "(.*)"))`;

/** Series of a GPU with its node in a label, whichever way the exporter writes it: of the two labels, one is always empty. */
function ofNode(series: string, label: string): string {
  return `label_join(${series}, "${label}", "", "Hostname", "hostname")`;
}

/** The same figures under the names that dashboards outside of the platform ask for. */
export const gpuRecords: Readonly<Record<string, string>> = {
  gpu_utilization_percent: named('DCGM_FI_DEV_GPU_UTIL'),
  gpu_memory_used_bytes: `${named('DCGM_FI_DEV_FB_USED')} * 1048576`,
};
