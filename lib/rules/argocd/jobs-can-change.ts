import type { Rule } from '../rule';

const PREFIX = 'argocd.argoproj.io/';

/** Argo CD hears of the end of a Job within seconds, but it may be restarting. */
const LEAST_KEPT_SECONDS = 60;

/** The end of a name that is made from what the Job runs. */
const CHECKSUM = /-[0-9a-f]{8,}$/;

export const jobsCanChange: Rule = {
  id: 'jobs-can-change',
  title: 'A Job that runs something else next time is a hook or has another name then, and stays when it is done.',
  why: 'The pod template of a Job is immutable: the sync after its first change fails with "field is immutable", and so do all later ones.',
  fix: 'Make the Job a hook that Argo CD deletes and creates anew, as MigrationJob of lib/workloads/migration-job.ts does, or end its name with a checksum of what it runs.',
  alone: true,
  *check(target) {
    for (const object of target.all('Job.batch')) {
      const { annotations, name } = object.metadata;
      const isHook = annotations?.[`${PREFIX}hook`] !== undefined;
      const ttl = object.spec?.ttlSecondsAfterFinished;
      if (ttl !== undefined && !isHook) {
        const message = `is ${ttl}: after that time the Job is deleted, and Argo CD would create and run it again`;
        yield { object, field: '/spec/ttlSecondsAfterFinished', message };
      }
      if (isHook && ttl < LEAST_KEPT_SECONDS) {
        const message = `is ${ttl}: the Job may be gone before Argo CD has seen that it is done, and the sync would wait for ever`;
        yield { object, field: '/spec/ttlSecondsAfterFinished', message };
      }
      const isReplaced = String(annotations?.[`${PREFIX}sync-options`]).split(',').includes('Replace=true');
      if (isReplaced || CHECKSUM.test(name)) continue;
      if (!isHook) {
        yield {
          object,
          field: '/metadata/name',
          message: `is "${name}" whatever the Job runs, and the Job is no hook: Argo CD could not change it`,
        };
        continue;
      }
      // Without a policy, Argo CD deletes the hook before it makes the next one.
      const policy = annotations?.[`${PREFIX}hook-delete-policy`];
      if (policy === undefined || String(policy).includes('BeforeHookCreation')) continue;
      const field = `/metadata/annotations/${PREFIX.replace('/', '~1')}hook-delete-policy`;
      yield { object, field, message: `is ${policy}: a Job that ended otherwise would stay, and the next sync could not change it` };
    }
  },
};
