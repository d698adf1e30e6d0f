import { type Data, record } from '../fields';
import { filesOf, settings } from '../file-settings';
import { type Caller, callersOf } from '../request-hops';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import type { Workload } from '../workload';

/** Seconds that Kubernetes grants when nothing is written. */
const DEFAULT_GRACE = 30;

/** Seconds between the last answer and the kill. */
const MARGIN = 5;

/** Seconds in which proxies learn that a pod goes, at least. */
const SETTLE = 5;

/** What a file calls the time that a stopping server goes on with its answers: vLLM, LiteLLM. */
const DRAINS = ['shutdown-timeout', 'request_timeout'];

export const graceCoversDrain: Rule = {
  id: 'grace-covers-drain',
  title: 'A stopping pod has the time to leave its Services, to finish its longest answer, and then some.',
  why: 'terminationGracePeriodSeconds counts from the start of the preStop hook: what is not finished by then is killed in the middle of an answer, at every rollout and every drained node.',
  fix: 'Derive terminationGracePeriodSeconds from preStop hook, drain and margin, as engineBudgets() (lib/models/engine-budgets.ts) and WebService (lib/workloads/web-service.ts) do.',
  *check(target) {
    const callers = callersOf(target);
    for (const workload of target.workloads) {
      const { object, field } = workload;
      const grace = workload.pod.terminationGracePeriodSeconds ?? DEFAULT_GRACE;
      const drain = drainOf(workload, target, callers);
      const hooked = workload.containers.filter(({ init }) => !init).map(({ spec }) => sleepOf(spec));
      const before = Math.max(0, ...hooked);
      const need = before + drain.seconds + (before + drain.seconds > 0 ? MARGIN : 0);
      // What is no time at all is for choices-are-known to tell.
      if (grace >= 0 && grace < need) {
        const parts = [
          `${before} of the preStop hook`,
          ...(drain.seconds > 0 ? [`${drain.seconds} of ${drain.setting}`] : []),
          `a margin of ${MARGIN}`,
        ];
        yield {
          object,
          field: `${field}/terminationGracePeriodSeconds`,
          message: `${workload.pod.terminationGracePeriodSeconds === undefined ? `is missing, and so ${grace}` : `is ${grace}`}, less than the ${need} seconds that the pod needs: ${list(parts)}`,
        };
      }
      if (drain.seconds > 0 && before < SETTLE && object.kind !== 'Job') {
        const message = `sleeps ${before} seconds, less than the ${SETTLE} in which proxies still send requests to a pod that is going`;
        yield { object, field: `${workload.containers.find(({ init }) => !init)?.field}/lifecycle/preStop`, message };
      }
    }
    yield* ofModels(target);
    for (const { workload } of target.releases) if (workload !== undefined) yield* aborted(workload, target);
  },
};

/** KServe’s servers go on with what they have begun, for as long as a request may take. Knative counts their time itself. */
function* ofModels(target: TargetIndex): Iterable<Problem> {
  for (const object of target.all('InferenceService.serving.kserve.io')) {
    const { timeout, terminationGracePeriodSeconds: grace = DEFAULT_GRACE } = record(record(object.spec).predictor);
    if (!(timeout > grace) || object.metadata.annotations?.['serving.kserve.io/deploymentMode'] === 'Knative') continue;
    const message = `is ${timeout}, and a stopping pod has ${grace}: longer requests are cut off by every rollout`;
    yield { object, field: '/spec/predictor/timeout', message };
  }
}

/** vLLM drops what it answers unless it is told for how long to go on. */
function* aborted(workload: Workload, target: TargetIndex) {
  for (const { object, field, text } of filesOf(workload, target)) {
    if (!text.includes('served-model-name:') || settings(text, 'shutdown-timeout').some(({ value }) => Number(value) > 0)) continue;
    yield { object, field, message: 'sets no shutdown-timeout: a stopping engine would abort every answer it has begun' };
  }
}

function drainOf(
  workload: Workload,
  target: TargetIndex,
  callers: readonly Caller[],
): { readonly seconds: number; readonly setting: string } {
  let longest = { seconds: 0, setting: '' };
  for (const { text } of filesOf(workload, target)) {
    for (const setting of DRAINS) {
      for (const { value } of settings(text, setting)) {
        if (Number(value) > longest.seconds) longest = { seconds: Number(value), setting };
      }
    }
  }
  for (const { workload: caller, hop } of callers) {
    if (caller === workload && Number.isFinite(hop.seconds) && hop.seconds > longest.seconds) {
      longest = { seconds: hop.seconds, setting: 'AIOHTTP_CLIENT_TIMEOUT' };
    }
  }
  return longest;
}

/** Seconds that a container sleeps before it is told to stop. */
function sleepOf({ lifecycle }: Data): number {
  const { exec, sleep } = record(record(lifecycle).preStop);
  if (sleep !== undefined) return Number(record(sleep).seconds) || 0;
  const command: unknown = record(exec).command;
  const [, seconds] = /\bsleep (\d+)/.exec(Array.isArray(command) ? command.join(' ') : '') ?? [];
  return Number(seconds ?? 0);
}

const list = (parts: readonly string[]): string => `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
