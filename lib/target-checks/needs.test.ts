import { sample } from '../testing/sample-target';
import { changed, problemsOf } from '../testing/sound';

/** The sample as production: what is kept there, and how it is delivered. */
const production = { ...sample, environment: 'prod' };

test.each(['edge', 'litellm', 'monitoring'])('refuses a target whose namespace %s has no quota, which every target has', (name) => {
  expect(problemsOf(changed(`foundation.quotas.${name}`, undefined))).toEqual([
    `Cannot leave out foundation.quotas.${name} of target "sample/atlantis-1" as the namespace that every target has is made with its quota: write cpus, memoryGiB and pods (lib/environments/sample.ts)`,
  ]);
});

test.each(['llm', 'kiva', 'gpt', 'codelab', 'ml'])(
  'refuses an app %s whose namespace has no quota, in one message that names it',
  (name) => {
    expect(problemsOf(changed(`foundation.quotas.${name}`, undefined))).toEqual([
      `Cannot leave out foundation.quotas.${name} of target "sample/atlantis-1" as the namespace that ${name} of the target runs in is made with its quota: write cpus, memoryGiB and pods (lib/environments/sample.ts)`,
    ]);
  },
);

test('refuses the quota of a namespace in which nothing runs', () => {
  const { kiva: _, ...others } = sample;
  const { kiva: __, ...quotas } = sample.foundation.quotas;
  const backup = { ...others.backup, namespaces: ['codelab', 'gpt', 'litellm', 'ml'] };

  expect(problemsOf({ ...others, backup, foundation: { ...sample.foundation, quotas } })).toEqual([]);
  expect(problemsOf({ ...others, backup })).toEqual([
    expect.stringContaining('Cannot use foundation.quotas.kiva of target "sample/atlantis-1" as nothing runs in its namespace'),
  ]);
});

test.each([
  ['cpus', 402, 401],
  ['memoryGiB', 1753, 1752],
  ['gpus', 17, 16],
  ['pods', 3251, 3250],
])('refuses a quota of more %s than all nodes of the region have', (resource, tooMany, most) => {
  const region = { ...sample.region, systemPool: { ...sample.region.systemPool, cpus: 3, instanceType: 't3.metal' } };
  const exact = { ...sample, region };

  expect(problemsOf(changed(`foundation.quotas.llm.${resource}`, resource === 'cpus' ? 297 : most, exact))).toEqual([]);
  expect(problemsOf(changed(`foundation.quotas.llm.${resource}`, tooMany, exact))).toEqual([
    expect.stringMatching(/as all nodes of the region have \d+ together: lower it, or enlarge a pool/),
  ]);
});

test('refuses accelerators for a namespace without engines or models, and engines without any', () => {
  expect(problemsOf(changed('foundation.quotas.litellm.gpus', 1))).toEqual([
    expect.stringContaining(
      'Cannot use "1" for foundation.quotas.litellm.gpus of target "sample/atlantis-1" as pods of llm or ml alone have GPUs',
    ),
  ]);
  expect(problemsOf(changed('foundation.quotas.llm.gpus', undefined))).toEqual([
    expect.stringContaining('Cannot leave out foundation.quotas.llm.gpus of target "sample/atlantis-1" as its engines run on GPUs'),
  ]);
});

test('refuses more gateways than their namespace may hold while they are replaced', () => {
  expect(problemsOf(changed('edge.replicas', 9))).toEqual([]);
  expect(problemsOf(changed('edge.replicas', 10))).toEqual([
    expect.stringContaining(
      'as 2 gateways are 22 pods while they are replaced, and foundation.quotas.edge.pods is 20: lower it, or raise the quota',
    ),
  ]);
});

test('refuses a mesh without the models that are its only members', () => {
  const { ml: _, ...others } = sample;
  const { ml: __, ...quotas } = sample.foundation.quotas;
  const backup = { ...others.backup, namespaces: ['codelab', 'gpt', 'kiva', 'litellm'] };

  expect(problemsOf({ ...others, backup, foundation: { ...sample.foundation, quotas } })).toEqual([
    expect.stringContaining('Cannot use "strict" for mesh of target "sample/atlantis-1" as models of ml are its only members'),
  ]);
});

describe('backups', () => {
  test.each(['llm', 'monitoring', 'edge'])('are not made of %s, which holds nothing that is kept', (name) => {
    expect(problemsOf(changed('backup.namespaces', ['litellm', name]))).toEqual([
      expect.stringContaining(`Cannot use "${name}" for backup.namespaces.1 of target "sample/atlantis-1" as ${name} holds nothing`),
    ]);
  });

  test('are not made of an app that the target does not run', () => {
    const { gpt: _, ...others } = sample;
    const { gpt: __, ...quotas } = sample.foundation.quotas;
    const edge = { ...sample.edge, appHosts: { codelab: ['codelab.example.org'] } };

    expect(problemsOf({ ...others, edge, foundation: { ...sample.foundation, quotas } })).toEqual([
      expect.stringContaining('Cannot use "gpt" for backup.namespaces.1 of target "sample/atlantis-1" as the target runs no gpt'),
    ]);
  });

  test('are made of every namespace with data in production', () => {
    expect(problemsOf(production)).toEqual([]);
    expect(problemsOf(changed('backup.namespaces', ['codelab', 'kiva', 'litellm'], production))).toEqual([
      expect.stringContaining(
        'Cannot use backup.namespaces of target "prod/atlantis-1" as data of gpt and ml would be kept nowhere: add gpt and ml',
      ),
    ]);
    expect(problemsOf(changed('backup', undefined, production))).toEqual([
      expect.stringContaining('Cannot leave out backup of target "prod/atlantis-1" as nobody can make the data of'),
    ]);
  });

  test('are not made where anybody can make the data again', () => {
    expect(problemsOf({ ...sample, environment: 'staging' })).toEqual([
      expect.stringContaining('Cannot use backup of target "staging/atlantis-1" as data of staging is kept nowhere: take it out'),
    ]);
  });
});

test('refuses to delete what is lost in Git in production', () => {
  expect(problemsOf(changed('delivery.removal', 'cascade', production))).toEqual([
    expect.stringContaining('Cannot use "cascade" for delivery.removal of environment "prod" as what is lost in Git would be deleted'),
  ]);
});
