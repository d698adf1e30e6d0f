import type { Manifest } from '../kubernetes/manifest';
import { type Data, records } from './fields';
import type { TargetIndex } from './target-index';

/** A container that KServe puts into the pods of models. */
export interface RuntimeContainer {
  readonly object: Manifest;
  readonly field: string;
  readonly spec: Data;
}

/** Containers of servers of models, which stand in no workload of ours. */
export function* runtimeContainers(target: TargetIndex): Iterable<RuntimeContainer> {
  for (const object of target.all('ServingRuntime.serving.kserve.io')) {
    for (const [i, spec] of records(object.spec?.containers).entries()) yield { object, field: `/spec/containers/${i}`, spec };
  }
}
