import { describe, type Manifest } from '../../kubernetes/manifest';
import { perObject } from '../per-object';
import { perText } from '../per-text';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import { needsOf } from './needs';

const WAVE = 'argocd.argoproj.io/sync-wave';
const HOOK = 'argocd.argoproj.io/hook';
const FIELD = `/metadata/annotations/${WAVE.replace('/', '~1')}`;

/** Phases of a sync in their order. */
const PHASES = ['PreSync', 'Sync', 'PostSync'];

/** What every other object of an app may need without naming it. */
const GROUND: ReadonlySet<string> = new Set(['LimitRange', 'Namespace', 'PriorityClass', 'ResourceQuota', 'StorageClass']);

export const wavesFollowNeeds: Rule = {
  id: 'waves-follow-needs',
  title: 'No object of an app is applied before what it needs.',
  why: 'Argo CD begins a wave when everything of the waves before is healthy: an object that needs something of a later wave never becomes healthy, and the sync waits without end; a server that starts before its migration meets the old schema.',
  fix: 'Take the waves from lib/kubernetes/sync-wave.ts: what is needed comes in the same wave or an earlier one, and a migration before its server.',
  *check(target) {
    const seen = new Map<Manifest, Set<Manifest>>();
    for (const { object, needs, done = false } of needsOf(target)) {
      if (target.app(object) !== target.app(needs) || !isReadable(object) || !isReadable(needs)) continue;
      const others = seen.get(object) ?? new Set();
      if (others.has(needs)) continue;
      seen.set(object, others.add(needs));
      const [mine, theirs] = [placeOf(object), placeOf(needs)];
      const order = compare(theirs, mine);
      if (order < 0 || (order === 0 && !done)) continue;
      const late =
        order === 0
          ? `together with ${describe(object)}, which may start only after it has ended`
          : `after ${describe(object)} in ${said(mine)}, which needs it`;
      yield { object: needs, field: FIELD, message: `puts it into ${said(theirs)}, ${late}` };
    }
    yield* groundComesFirst(target);
  },
};

interface Place {
  readonly phase: number;
  readonly wave: number;
}

const phaseOf = perText((hooks) => Math.max(...hooks.split(',').map((phase) => PHASES.indexOf(phase.trim()))));

const placeOf = perObject(
  ({ metadata: { annotations } }): Place => ({
    phase: phaseOf(String(annotations?.[HOOK] ?? 'Sync')),
    wave: Number(annotations?.[WAVE] ?? 0),
  }),
);

/** What sync-annotations complains about has no place. */
const isReadable = (object: Manifest): boolean => placeOf(object).phase >= 0 && !Number.isNaN(placeOf(object).wave);

const compare = (one: Place, other: Place): number => one.phase - other.phase || one.wave - other.wave;

const said = ({ phase, wave }: Place): string => (PHASES[phase] === 'Sync' ? `wave ${wave}` : `wave ${wave} of ${PHASES[phase]}`);

function* groundComesFirst(target: TargetIndex): Iterable<Problem> {
  const first = new Map<string, Manifest>();
  for (const object of target.objects) {
    if (GROUND.has(object.kind)) continue;
    const app = target.app(object);
    const other = first.get(app);
    if (other === undefined || compare(placeOf(object), placeOf(other)) < 0) first.set(app, object);
  }
  for (const object of target.objects) {
    const other = GROUND.has(object.kind) ? first.get(target.app(object)) : undefined;
    if (other === undefined || compare(placeOf(object), placeOf(other)) <= 0) continue;
    const message = `puts it into ${said(placeOf(object))}, after ${describe(other)} in ${said(placeOf(other))}`;
    yield { object, field: FIELD, message };
  }
}
