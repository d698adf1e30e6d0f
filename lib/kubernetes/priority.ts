/** Priority class of the inference servers: they hold the GPUs, which nothing else may take. */
export const GPU_INFERENCE = 'gpu-inference';

/** Priority class of what every request passes: gateways, databases, caches. */
export const PLATFORM = 'platform-critical';
