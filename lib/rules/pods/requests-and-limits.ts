import { type Data, record } from '../fields';
import { quantity } from '../quantity';
import type { Rule } from '../rule';

export const requestsAndLimits: Rule = {
  id: 'requests-and-limits',
  title: 'Every container requests CPU and memory and limits its memory; one with a GPU requests all the memory it may use.',
  why: 'The scheduler places pods by their requests alone; when a node runs out of memory, it kills what uses more than it requested, such as an engine with its model loaded.',
  fix: 'Take a size from lib/workloads/sizes.ts; resources of an engine come from lib/llm/engine-resources.ts.',
  alone: true,
  *check(target) {
    for (const { spec, field, workload } of target.containers()) {
      for (const [at, message] of faults(record(spec.resources))) {
        yield { object: workload.object, field: `${field}/resources${at}`, message: `${message} (container ${spec.name})` };
      }
    }
    for (const object of target.all('Cluster.postgresql.cnpg.io')) {
      for (const [at, message] of faults(record(object.spec?.resources))) {
        yield { object, field: `/spec/resources${at}`, message };
      }
    }
  },
};

function* faults({ requests, limits }: Data): Iterable<[field: string, message: string]> {
  const asked = record(requests);
  const allowed = record(limits);
  for (const resource of ['cpu', 'memory']) {
    if (!(quantity(asked[resource]) > 0)) yield [`/requests/${resource}`, 'is missing'];
  }
  if (!(quantity(allowed.memory) > 0)) yield ['/limits/memory', 'is missing'];

  const gpu = Object.keys({ ...asked, ...allowed }).find((resource) => resource.includes('/'));
  for (const resource in asked) {
    const request = quantity(asked[resource]);
    const limit = quantity(allowed[resource]);
    const equal = resource.includes('/') || (resource === 'memory' && gpu !== undefined);
    if (equal && request !== limit) {
      yield [
        `/limits/${resource.replace('/', '~1')}`,
        `is ${allowed[resource] ?? 'missing'}, not the ${asked[resource]} that is requested`,
      ];
    } else if (request > limit) {
      yield [`/limits/${resource}`, `is ${allowed[resource]}, less than the ${asked[resource]} that is requested`];
    }
  }
}
