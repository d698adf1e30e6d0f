/** The scheduler that packs GPUs, where a target runs one: what pods name, and its Deployment. */
export const GPU_SCHEDULER = 'gpu-scheduler';
