/** What the fit gate needs to know of an accelerator. */
export interface Gpu {
  /** Memory that the driver reports, GiB: less than the figure on the box, which counts in powers of ten. */
  readonly memoryGiB: number;

  /** CUDA compute capability, which decides which kernels run. */
  readonly computeCapability: number;
}

/** Accelerators by the name that node pools use. Memory: `nvidia-smi`; capability: NVIDIA's table of CUDA GPUs. */
export const gpus = {
  v100: { memoryGiB: 16, computeCapability: 7.0 },
  t4: { memoryGiB: 15, computeCapability: 7.5 },
  a10: { memoryGiB: 22.5, computeCapability: 8.6 },
  a100: { memoryGiB: 80, computeCapability: 8.0 },
  l4: { memoryGiB: 22.5, computeCapability: 8.9 },
  l40s: { memoryGiB: 45, computeCapability: 8.9 },
  h100: { memoryGiB: 80, computeCapability: 9.0 },
} as const satisfies Record<string, Gpu>;

export type GpuName = keyof typeof gpus;
