import { fleetProblems } from '../testing/fleet-problems';
import type { Draft } from '../testing/sample-target';

const set = (change: (spec: Draft) => void) =>
  fleetProblems('generators-complete', ({ get }) => change(get('ApplicationSet/inference-prod').spec));
const AT = 'ApplicationSet/inference-prod: /spec';

test('fails for a template that is not strict', () => {
  expect(
    set((spec) => {
      delete spec.goTemplate;
      spec.goTemplateOptions = ['missingkey=zero'];
    }),
  ).toEqual([`${AT}/goTemplate is not true`, `${AT}/goTemplateOptions lack "missingkey=error"`]);
});

test('fails for a key that an element lacks, and for values that are no text', () => {
  expect(
    set(({ generators: [{ list }] }) => {
      delete list.elements[0].namespace;
      list.elements[1].ring = 2;
      list.elements[1].app = '{{.region}}';
    }),
  ).toEqual([
    `${AT}/generators/0/list/elements/0 lacks the key "namespace", which the template uses (there: app, cluster, environment, region, ring)`,
    `${AT}/generators/0/list/elements/1/app is "{{.region}}", and elements are not rendered`,
    `${AT}/generators/0/list/elements/1/ring is 2, not a text`,
  ]);
});

test.each(['{{region}}', '{{.region | upper}}', '{{ if .region }}', '{{.region'])('fails for the template text %s', (text) => {
  expect(
    set((spec) => {
      spec.template.spec.destination.namespace = text;
    }),
  ).toEqual([`${AT}/template/spec/destination/namespace is "${text}", not text and {{.key}} alone`]);
});

test('fails for a generator that yields nothing, or what nobody knows here', () => {
  expect(
    set((spec) => {
      spec.generators = [];
    }),
  ).toEqual([`${AT}/generators is empty`]);
  expect(
    set((spec) => {
      spec.generators[0].list.elements = [];
    }),
  ).toEqual([`${AT}/generators/0/list/elements is empty`]);
  expect(
    set((spec) => {
      spec.generators[0] = { git: {} };
    }),
  ).toEqual([`${AT}/generators/0/git is no list: what it yields is not known here`]);
});

test('fails for a patch of the template', () => {
  expect(
    set((spec) => {
      spec.templatePatch = 'spec: {project: default}';
    }),
  ).toEqual([`${AT}/templatePatch is written: what it makes of the template is not known here`]);
});

test('accepts keys that the template does not ask for', () => {
  expect(
    set((spec) => {
      spec.generators[0].list.elements[0].comment = 'first';
    }),
  ).toEqual([]);
});
