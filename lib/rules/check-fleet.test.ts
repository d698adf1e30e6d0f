import { assert, constantFrom, integer, property } from 'fast-check';

import { findFleetProblems } from './check-fleet';
import { report } from './finding';
import { fleetProblems } from './testing/fleet-problems';
import { TODAY } from './testing/problems';
import { sampleFleet } from './testing/sample-fleet';
import type { Draft } from './testing/sample-target';

test('finds nothing in a fleet that is right', () => {
  expect(report(findFleetProblems(sampleFleet(), TODAY))).toEqual([]);
});

const EXCEPTION = 'slipway.dev/exception.projects-narrow';
const wide = (annotations: Record<string, string>) => (rule: string) =>
  fleetProblems(rule, ({ get }) => {
    const project = get('AppProject/addons-prod');
    project.spec.destinations[0].namespace = '*';
    project.metadata.annotations = annotations;
  });

test('an exception excuses an object of argocd/ from a rule about the fleet', () => {
  const found = wide({ [EXCEPTION]: 'platform: charts make namespaces (until 2026-07-01)' });

  expect(found('projects-narrow')).toEqual([]);
  expect(found('valid-exceptions')).toEqual([]);
});

test('fails for one that has lapsed', () => {
  const found = wide({ [EXCEPTION]: 'platform: charts make namespaces (until 2026-05-01)' });

  expect(found('projects-narrow')).toHaveLength(1);
  expect(found('valid-exceptions')).toEqual([
    'AppProject/addons-prod: /metadata/annotations/slipway.dev~1exception.projects-narrow lapsed on 2026-05-01 (owner: platform)',
  ]);
});

test('fails for one that excuses nothing, of argocd/ and of an app', () => {
  const excuse = { 'slipway.dev/exception.projects-permit-objects': 'platform: charts make it (until 2026-07-01)' };

  expect(
    fleetProblems('valid-exceptions', ({ get, app }) => {
      get('ApplicationSet/apps-prod').metadata.annotations['slipway.dev/exception.projects-narrow'] =
        'platform: charts make it (until 2026-07-01)';
      app('edge')[0].metadata.annotations = excuse;
    }),
  ).toEqual([
    'ApplicationSet/apps-prod: /metadata/annotations/slipway.dev~1exception.projects-narrow excuses nothing: the object keeps projects-narrow',
    expect.stringMatching(/projects-permit-objects excuses nothing/),
  ]);
});

test('excuses an object of an app from a rule about the fleet', () => {
  const found = (rule: string) =>
    fleetProblems(rule, ({ app }) => {
      const annotations = { 'slipway.dev/exception.projects-permit-objects': 'platform: charts make it (until 2026-07-01)' };
      app('app').push({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'once', namespace: 'app', annotations } });
    });

  expect(found('projects-permit-objects')).toEqual([]);
  expect(found('valid-exceptions')).toEqual([]);
});

test('tells where a problem stands, and one of a template once for all of its Applications', () => {
  const [text, ...others] = report(
    findFleetProblems(
      sampleFleet(({ get }) => {
        get('ApplicationSet/apps-prod').spec.template.spec.syncPolicy.syncOptions.push('ServerSideAply=true');
      }),
      TODAY,
    ),
  );

  expect(text).toMatch(
    /^argocd\/prod ApplicationSet\/apps-prod in argocd: \/spec\/template\/spec\/syncPolicy\/syncOptions\/4 is "ServerSideAply=true", which Argo CD does not know \[syncs-by-itself\]\n {4}why: .*\n {4}fix: /,
  );
  expect(others).toEqual([]);
});

/** Every place in an object: the path that leads there. */
function places(value: Draft, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.keys(value).flatMap((field) => places(value[field], [...path, field]))];
}

test('takes whatever stands in argocd/, without a stack trace', () => {
  const objects = (fleet = sampleFleet()): Draft[] => fleet.folders.flatMap(({ manifests }) => manifests);
  const all = objects().flatMap((object, i) => places(object.spec ?? {}).map((path) => ({ i, path })));
  const odd = constantFrom<unknown>(
    undefined,
    null,
    '',
    '{{',
    '*',
    '!*',
    0,
    -1.5,
    true,
    [],
    [null],
    ['text'],
    [[]],
    {},
    { name: {} },
    { '*': [1] },
  );

  assert(
    property(integer({ min: 0, max: all.length - 1 }), odd, (place, value) => {
      const { i, path } = all[place] as (typeof all)[number];
      const fleet = sampleFleet();
      let parent: Draft = objects(fleet)[i];
      for (const field of ['spec', ...path].slice(0, -1)) parent = parent[field];
      if (parent !== undefined) parent[['spec', ...path].at(-1) as string] = structuredClone(value);

      expect(Array.isArray(report(findFleetProblems(fleet, TODAY)))).toBe(true);
    }),
    { numRuns: 400 },
  );
});
