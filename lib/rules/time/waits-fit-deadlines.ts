import { describe, type Manifest } from '../../kubernetes/manifest';
import { records } from '../fields';
import type { Problem, Rule } from '../rule';
import { DEFAULT_DEADLINE, NODE_AND_IMAGE, startSeconds } from '../startup';
import type { Workload } from '../workload';

export const waitsFitDeadlines: Rule = {
  id: 'waits-fit-deadlines',
  title: 'Every Job ends, not before it can be done, and whoever waits for one waits as long as it may take.',
  why: 'A server waits in an init container for the model that a Job fetches: if its deadline passes first, Flagger rolls a sound version back while the Job still downloads. A Job without activeDeadlineSeconds may keep a sync waiting without end.',
  fix: 'Give the Job activeDeadlineSeconds, and derive the deadlines of the workloads that wait for it, as engineBudgets() of lib/models/engine-budgets.ts does.',
  *check(target) {
    const writers = target.workloads.filter(({ object }) => object.kind === 'Job');
    for (const { object } of writers) {
      const deadline = object.spec?.activeDeadlineSeconds;
      const field = '/spec/activeDeadlineSeconds';
      if (deadline === undefined) yield { object, field, message: 'is missing' };
      else if (deadline < NODE_AND_IMAGE)
        yield { object, field, message: `is ${deadline}, less than the ${NODE_AND_IMAGE} seconds that a new node and the image may take` };
    }
    for (const workload of target.workloads) {
      if (workload.object.kind !== 'Deployment') continue;
      const fetchers = writers.filter((job) => waitsFor(workload, job));
      yield* hasty(fetchers, startSeconds(workload), workload);
      const slowest = slowestOf(fetchers);
      if (slowest === undefined) continue;

      const start = startSeconds(workload);
      const need = slowest.seconds + start;
      const canary = target.releases.find((release) => release.workload === workload)?.canary;
      for (const object of canary === undefined ? [workload.object] : [workload.object, canary]) {
        const deadline = object.spec?.progressDeadlineSeconds ?? DEFAULT_DEADLINE;
        if (deadline >= need) continue;
        const message = `is ${deadline}, less than the ${slowest.seconds} seconds of Job/${slowest.name}, which the pods wait for, plus ${start} of their own start`;
        yield { object, field: '/spec/progressDeadlineSeconds', message };
      }
    }
  },
};

/** Whoever fetches and verifies files needs longer than whoever reads them from the volume: the start is planned by that. */
function* hasty(jobs: readonly Workload[], start: number, { object: reader }: Workload): Iterable<Problem> {
  for (const { object } of jobs) {
    const deadline = deadlineOf(object);
    if (deadline < NODE_AND_IMAGE || deadline >= start) continue;
    const message = `is ${deadline}: ${describe(reader)} alone is given ${start} seconds to read what the Job has to download before`;
    yield { object, field: '/spec/activeDeadlineSeconds', message };
  }
}

function slowestOf(jobs: readonly Workload[]): { readonly name: string; readonly seconds: number } | undefined {
  let slowest: { readonly name: string; readonly seconds: number } | undefined;
  for (const { object } of jobs) {
    const seconds = deadlineOf(object);
    if (slowest === undefined || seconds > slowest.seconds) slowest = { name: object.metadata.name, seconds };
  }
  return slowest;
}

const deadlineOf = ({ spec }: Manifest): number => (typeof spec?.activeDeadlineSeconds === 'number' ? spec.activeDeadlineSeconds : 0);

/** A workload that looks at a claim before it starts waits for whoever fills it. */
function waitsFor({ namespace, pod, containers }: Workload, job: Workload): boolean {
  if (job.namespace !== namespace) return false;
  const filled = new Set(claimsOf(job).map(({ claim }) => claim));
  return claimsOf({ pod }).some(
    ({ claim, volume }) =>
      filled.has(claim) && containers.some(({ init, spec }) => init && records(spec.volumeMounts).some(({ name }) => name === volume)),
  );
}

function claimsOf({ pod }: Pick<Workload, 'pod'>): readonly { readonly volume: unknown; readonly claim: unknown }[] {
  return records(pod.volumes).flatMap(({ name, persistentVolumeClaim }) =>
    typeof persistentVolumeClaim?.claimName === 'string' ? [{ volume: name, claim: persistentVolumeClaim.claimName }] : [],
  );
}
