import { fleetProblems } from '../testing/fleet-problems';

const RULE = 'charts-agree';
const version = (chart: string, text: string) =>
  fleetProblems(RULE, ({ get }) => {
    get(`Application/${chart}-prod-eu-west-1`).spec.source.targetRevision = text;
  });
const at = (name: string) => `Application/${name}-prod-eu-west-1: /spec/source/targetRevision`;

test('fails for a region with another version', () => {
  expect(version('kong', '3.3.0')).toEqual([`${at('kong')} is "3.3.0", but "1.44.0" in Application kong-prod-us-west-2`]);
});

test('fails for a version that does not know our objects', () => {
  expect(version('flagger', '1.40.2')).toContain(
    `${at('flagger')} is "1.40.2", older than 1.44.0, which is the oldest that works: Canaries set backendTimeout`,
  );
});

test.each(['3.2', '3', 'stable'])('fails for "%s", which is no exact version', (text) => {
  expect(version('kong', text)).toContain(`${at('kong')} is "${text}", not an exact version of a chart`);
});

test('fails for a region with two rings', () => {
  expect(
    fleetProblems(RULE, ({ get }) => {
      get('ApplicationSet/inference-prod').spec.generators[0].list.elements[1].ring = '2';
    }),
  ).toEqual([
    'ApplicationSet/inference-prod: /spec/generators/0/list/elements/1/ring is "2", but "1" in Application foundation-prod-eu-west-1',
  ]);
});

test('accepts what is right, whatever the letter before the version', () => {
  const found = fleetProblems(RULE, ({ get }) => {
    for (const region of ['us-west-2', 'eu-west-1']) get(`Application/cert-manager-prod-${region}`).spec.source.targetRevision = 'v1.21.1';
  });

  expect(found).toEqual([]);
});

test('fails for a set that follows another branch', () => {
  const found = fleetProblems(RULE, ({ get }) => {
    get('ApplicationSet/inference-prod').spec.template.spec.source.targetRevision = 'mian';
  });

  expect(found).toContainEqual(expect.stringContaining('/spec/template/spec/source/targetRevision is "mian", but "main" in Application'));
});

test('fails for a part of a product that is of another version than the others on its cluster', () => {
  const found = fleetProblems(RULE, ({ add, get }) => {
    for (const [chart, text] of [
      ['kserve-crd', 'v0.13.0'],
      ['kserve-resources', 'v0.20.0'],
      ['ztunnel', '1.30.3'],
      ['istiod', '1.30.3'],
    ] as const) {
      const application = structuredClone(get('Application/flagger-prod-us-west-2'));
      application.metadata.name = chart;
      Object.assign(application.spec.source, { chart, targetRevision: text });
      add(application);
    }
  });

  expect(found).toEqual([
    'Application/kserve-resources: /spec/source/targetRevision is "v0.20.0", but "v0.13.0" in Application kserve-crd, a part of the same product',
  ]);
});
