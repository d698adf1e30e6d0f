import type { Manifest } from '../../kubernetes/manifest';
import type { Problem, Rule } from '../rule';

const PREFIX = 'argocd.argoproj.io/';
const HOOKS = new Set(['PreSync', 'Sync', 'PostSync', 'Skip', 'SyncFail', 'PreDelete', 'PostDelete']);
const DELETIONS = new Set(['HookSucceeded', 'HookFailed', 'BeforeHookCreation']);

/** Options that one object may have. */
const OPTION =
  /^(?:(?:Prune|Delete)=(?:true|false|confirm)|(?:PruneLast|Replace|Force|ServerSideApply|ClientSideApplyMigration|SkipDryRunOnMissingResource|Validate)=(?:true|false))$/;
/** Annotations of Argo CD that are written on objects that it syncs. */
const KNOWN = new Set([
  'sync-wave',
  'hook',
  'hook-delete-policy',
  'sync-options',
  'compare-options',
  'ignore-healthcheck',
  'manifest-generate-paths',
]);

/** What waits until every other object of the app is healthy. */
const WAITING = new Set(['PostSync', 'SyncFail']);

export const syncAnnotations: Rule = {
  id: 'sync-annotations',
  title: 'Annotations for Argo CD say what it understands, and an app with a Canary waits for nothing.',
  why: 'Argo CD ignores some annotations that it does not understand and fails the sync at others. In an app with a Canary, a second wave, a PostSync hook or PruneLast keeps the sync running until the analysis is over, and no newer commit is applied meanwhile.',
  fix: 'Use the constants of lib/kubernetes/sync-wave.ts and lib/kubernetes/sync-options.ts; move what must come before or after a Canary to another app.',
  *check(target) {
    const apps = new Map<string, { canary?: Manifest; waves: Map<string, Manifest>; waiting: Problem[] }>();
    for (const object of target.objects) {
      const name = target.app(object);
      const app = apps.get(name) ?? { waves: new Map<string, Manifest>(), waiting: [] };
      apps.set(name, app);
      if (object.kind === 'Canary') app.canary = object;
      const { annotations } = object.metadata;
      const wave = annotations?.[`${PREFIX}sync-wave`] ?? '0';
      if (!app.waves.has(wave)) app.waves.set(wave, object);
      if (annotations === undefined) continue;
      for (const annotation in annotations) {
        if (!annotation.startsWith(PREFIX)) continue;
        const value = String(annotations[annotation]);
        const field = `/metadata/annotations/${annotation.replace('/', '~1')}`;
        for (const message of faults(annotation.slice(PREFIX.length), value)) yield { object, field, message };
        for (const option of annotation.endsWith('/sync-options') ? value.split(',') : []) {
          if (option !== 'Force=true' && (option !== 'Replace=true' || object.kind === 'Job')) continue;
          yield {
            object,
            field,
            message: `is ${option}: Argo CD would delete the object and create it anew, without what controllers wrote into it`,
          };
        }
        if (isWaiting(annotation.slice(PREFIX.length), value)) app.waiting.push({ object, field, message: `is ${value}` });
      }
    }
    for (const { canary, waves, waiting } of apps.values()) {
      if (canary === undefined) continue;
      const beside = `beside Canary/${canary.metadata.name}`;
      for (const problem of waiting) yield { ...problem, message: `${problem.message} ${beside}` };
      const own = canary.metadata.annotations?.[`${PREFIX}sync-wave`] ?? '0';
      for (const [wave, object] of waves) {
        if (wave === own) continue;
        yield {
          object,
          field: `/metadata/annotations/${PREFIX.replace('/', '~1')}sync-wave`,
          message: `is ${wave}, ${beside} in wave ${own}`,
        };
      }
    }
  },
};

function faults(name: string, value: string): readonly string[] {
  const entries = value.split(',').map((entry) => entry.trim());
  if (name === 'sync-wave') return /^-?\d{1,9}$/.test(value) ? [] : [`is "${value}", not a whole number`];
  if (name === 'hook')
    return entries.filter((entry) => !HOOKS.has(entry)).map((entry) => `is "${entry}", not one of ${[...HOOKS].join(', ')}`);
  if (name === 'hook-delete-policy')
    return entries.filter((entry) => !DELETIONS.has(entry)).map((entry) => `is "${entry}", not one of ${[...DELETIONS].join(', ')}`);
  if (name === 'sync-options')
    return entries.filter((entry) => !OPTION.test(entry)).map((entry) => `is "${entry}", which Argo CD does not know`);
  return KNOWN.has(name) ? [] : ['is an annotation that Argo CD does not know'];
}

const isWaiting = (name: string, value: string): boolean =>
  (name === 'hook' && value.split(',').some((entry) => WAITING.has(entry.trim()))) ||
  (name === 'sync-options' && value.split(',').includes('PruneLast=true'));
