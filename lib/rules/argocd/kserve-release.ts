import { record } from '../fields';
import { sourcesOf } from '../fleet-index';
import type { Fault, Installed } from './addon-releases';

/** Whether KServe leaves publishing to our routes, and fetches models with what is of its own version. */
export function* kserve({ values, delivered }: Installed): Iterable<Fault> {
  const { controller, storage } = record(values['kserve']);
  if (record(record(controller).gateway).disableIngressCreation !== true)
    yield [
      '/kserve/controller/gateway/disableIngressCreation',
      'is not true: KServe would publish each model itself, past tokens and limits',
    ];
  const { tag } = record(storage);
  const version = sourcesOf(delivered.application)[0]?.['targetRevision'];
  if (tag !== undefined && tag !== version) yield ['/kserve/storage/tag', `is "${tag}", and the controller that runs it is ${version}`];
}
