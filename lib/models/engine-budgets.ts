/** Seconds and sizes that follow from a model and the ground it runs on; nobody types them. */
export interface EngineBudgets {
  /** What the startup probe allows: loading the weights, compiling, warming up, capturing graphs. */
  readonly startupSeconds: number;

  /** What the prefetch Job may take until the model is there and verified: a first try, a second one, and the time between them. */
  readonly fetchSeconds: number;

  /** What a rollout may wait for one pod: a new node, the image, the model, the start. Deployment and Canary share it. */
  readonly progressSeconds: number;

  /** What a stopping pod may take to finish its answers. */
  readonly drainSeconds: number;

  /** From the signal to the kill: endpoints settle, answers drain, and a margin. */
  readonly graceSeconds: number;
}

/** Compiling, warm-up and graph capture with an empty compile cache: 166 + 131 + 90 s in a measured cold start of a large model. */
const COLD_ENGINE_SECONDS = 390;

/** Shared storage is slower on a bad day than in its data sheet. */
const STARTUP_MARGIN = 1.5;

/** No start-up budget below what liveness used to wait for: 300 s. */
const LEAST_STARTUP_SECONDS = 300;

/** Times that the prefetch Job gets what one download takes. */
const FETCH_TRIES = 3;

/** A new GPU node boots in about five minutes and pulls an image of about 10 GB in about as many. */
const NODE_AND_IMAGE_SECONDS = 600;

/** What a hub or a bucket delivers to one Job, bytes per second; everything is then read once more to verify it. */
const DOWNLOAD_BYTES_PER_SECOND = 100e6;

const MIB = 2 ** 20;

/** Seconds before the signal in which proxies learn that the pod goes. */
export const ENDPOINTS_SETTLE_SECONDS = 15;

/** Seconds between the end of the drain and the kill. */
const GRACE_MARGIN_SECONDS = 15;

/**
 * Derives the budgets of an engine.
 *
 * @param artefactBytes size of the model's files
 * @param readMiBps what one reader gets from the shared storage, MiB/s
 * @param longestAnswerSeconds what a pod drains before it stops
 */
export function engineBudgets(artefactBytes: number, readMiBps: number, longestAnswerSeconds: number): EngineBudgets {
  const loadSeconds = artefactBytes / (readMiBps * MIB);
  const startupSeconds = Math.max(LEAST_STARTUP_SECONDS, roundUp(STARTUP_MARGIN * (loadSeconds + COLD_ENGINE_SECONDS), 10));
  const fetchSeconds = FETCH_TRIES * roundUp(STARTUP_MARGIN * (artefactBytes / DOWNLOAD_BYTES_PER_SECOND + loadSeconds), 60);

  return {
    startupSeconds,
    fetchSeconds,
    progressSeconds: roundUp(NODE_AND_IMAGE_SECONDS + fetchSeconds + startupSeconds + 300, 60),
    drainSeconds: longestAnswerSeconds,
    graceSeconds: ENDPOINTS_SETTLE_SECONDS + longestAnswerSeconds + GRACE_MARGIN_SECONDS,
  };
}

const roundUp = (value: number, step: number): number => Math.ceil(value / step) * step;
