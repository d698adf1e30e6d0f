import { describe } from '../../kubernetes/manifest';
import { records } from '../fields';
import { filesMountedBy, settings } from '../file-settings';
import { key, kindOf } from '../object-key';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import type { Workload } from '../workload';

const OPEN_WEBUI = /\/open-webui(?:-backend[\w-]*)?[:@]/;

/** Settings by which a program keeps for itself what its replicas must share: variable, value, and what it keeps. */
const OWN: readonly (readonly [name: string, value: RegExp, what: string])[] = [
  ['WEBSOCKET_MANAGER', /^(?:local|)$/, 'open connections'],
  ['DATABASE_URL', /^sqlite:/, 'its database'],
  ['VECTOR_DB', /^chroma$/, 'what it has learned of files'],
  ['SESSION_BACKEND', /^(?:memory|file)$/, 'sessions'],
];

/** What a program keeps for itself unless it is told otherwise: its image, variables of which one must be set, and what it keeps. */
const OWN_UNLESS_TOLD: readonly (readonly [image: RegExp, names: readonly string[], what: string])[] = [
  [OPEN_WEBUI, ['WEBSOCKET_MANAGER'], 'open connections'],
  [OPEN_WEBUI, ['WEBSOCKET_REDIS_URL', 'REDIS_URL'], 'open connections'],
  [OPEN_WEBUI, ['VECTOR_DB'], 'what it has learned of files'],
];

/** The same in files: setting, value, and what is kept. */
const OWN_IN_FILES: typeof OWN = [
  ['store', /^inmemory$/, 'the list of the others'],
  ['object_store', /^filesystem$/, 'what it is sent'],
];

export const replicasShareState: Rule = {
  id: 'replicas-share-state',
  title: 'A program of several pods keeps what they must share outside of them.',
  why: 'Each request may reach another pod: what one pod keeps in its own memory the others do not know, so that users are logged out or see half of their answers.',
  fix: 'Keep it in Redis or in the database, as KivaChart of lib/kiva/kiva-chart.ts does, or run one replica.',
  *check(target) {
    for (const { spec, field, workload } of target.containers()) {
      const { object } = workload;
      const most = mostOf(workload, target);
      if (most <= 1) continue;
      for (const [i, { name, value }] of records(spec.env).entries()) {
        const own = OWN.find(([variable, shape]) => variable === name && typeof value === 'string' && shape.test(value));
        if (own === undefined) continue;
        yield {
          object,
          field: `${field}/env/${i}/value`,
          message: `is "${value}": each of up to ${most} pods keeps ${own[2]} for itself (${name})`,
        };
      }
    }
    yield* untold(target);
    for (const workload of target.workloads) {
      const { object } = workload;
      const most = mostOf(workload, target);
      if (most <= 1) continue;
      for (const { file } of filesMountedBy(workload, target)) {
        for (const [name, shape, what] of OWN_IN_FILES) {
          const own = settings(file.text, name).find(({ value }) => shape.test(value));
          if (own === undefined) continue;
          const message = `sets ${name} to ${own.value} in line ${own.line}: each of up to ${most} pods of ${describe(object)} keeps ${what} for itself`;
          yield { object: file.object, field: file.field, message };
        }
      }
    }
  },
};

function* untold(target: TargetIndex): Iterable<Problem> {
  for (const { spec, field, init, workload } of target.containers()) {
    if (init || workload.object.kind === 'Job') continue;
    const programs = OWN_UNLESS_TOLD.filter(([image]) => image.test(String(spec.image)));
    const most = programs.length === 0 ? 1 : mostOf(workload, target);
    if (most <= 1 || records(spec.envFrom).length > 0) continue;
    for (const [, names, what] of programs) {
      if (records(spec.env).some(({ name }) => names.includes(name))) continue;
      const message = `lacks ${names.join(' or ')}: each of up to ${most} pods keeps ${what} for itself (container ${spec.name})`;
      yield { object: workload.object, field: `${field}/env`, message };
    }
  }
}

/** How many pods a workload may have at once. */
const mostOf = ({ object, namespace }: Workload, target: TargetIndex): number =>
  target.scales.get(key(kindOf(object), namespace, object.metadata.name))?.max ?? 1;
