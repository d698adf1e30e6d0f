import { fleetProblems } from '../testing/fleet-problems';
import type { Draft } from '../testing/sample-target';

const source = (change: (source: Draft) => void) =>
  fleetProblems('sources-readable', ({ get }) => change(get('Application/kong-prod-us-west-2').spec.source));
const AT = 'Application/kong-prod-us-west-2: /spec/source';

test.each(['HEAD', '^1.0.0', '1.2.x', '>=1 <2', '*'])('fails for the revision %s', (revision) => {
  expect(source((it) => Object.assign(it, { targetRevision: revision }))).toEqual([
    `${AT}/targetRevision is "${revision}", which may be another version tomorrow`,
  ]);
});

test.each(['main', 'v1.6.1', '1.2.3-rc.1', 'release/2026-11'])('accepts the revision %s', (revision) => {
  expect(source((it) => Object.assign(it, { targetRevision: revision }))).toEqual([]);
});

test('fails for two tools, for none, and for a folder that is not read to the bottom', () => {
  expect(source((it) => Object.assign(it, { directory: { recurse: true } }))).toEqual([
    `${AT}/directory is written beside helm, but Argo CD renders with one tool only`,
    `${AT}/directory is written for a chart, which helm renders`,
  ]);
  const folder = { repoURL: 'https://git.example.com', targetRevision: 'v1', path: 'config' };
  const read = (more: object) =>
    fleetProblems('sources-readable', ({ get }) => {
      get('Application/kong-prod-us-west-2').spec.source = { ...folder, ...more };
    });
  expect(read({})).toEqual([`${AT}/directory is not written: Argo CD would guess how to read the folder`]);
  expect(read({ directory: { include: '*.yaml' } })).toEqual([`${AT}/directory/recurse is not true: subfolders are not read`]);
  expect(read({ directory: { recurse: true } })).toEqual([]);
});

test('fails without a chart or a path, and without a revision', () => {
  expect(
    source((it) => {
      delete it.chart;
      delete it.targetRevision;
    }),
  ).toEqual([`${AT}/targetRevision is not written: it would be HEAD`, `${AT} has neither chart nor path`]);
});

test('reads several sources, each under a name of its own', () => {
  expect(
    fleetProblems('sources-readable', ({ get }) => {
      const { spec } = get('Application/kong-prod-us-west-2');
      spec.sources = [
        { ...spec.source, name: 'chart' },
        { ...spec.source, name: 'chart', targetRevision: 'HEAD' },
      ];
    }),
  ).toEqual([
    'Application/kong-prod-us-west-2: /spec/sources/1/targetRevision is "HEAD", which may be another version tomorrow',
    'Application/kong-prod-us-west-2: /spec/sources/1/name is "chart" once more',
  ]);
});

test('fails for a folder of ours of which something is left out', () => {
  const directory = (more: object) =>
    fleetProblems(
      'sources-readable',
      ({ get }) => void Object.assign(get('ApplicationSet/apps-prod').spec.template.spec.source.directory, more),
    );
  const at = 'ApplicationSet/apps-prod: /spec/template/spec/source/directory';

  expect(directory({ include: '*.json' })).toEqual([`${at}/include is "*.json", not *.yaml, which is what synth writes`]);
  expect(directory({ exclude: 'Secret.*' })).toEqual([`${at}/exclude is "Secret.*": a part of the app is not deployed`]);
});

describe('paths that are watched', () => {
  const WATCHED = 'argocd.argoproj.io/manifest-generate-paths';
  const watching = (paths: string | undefined) =>
    fleetProblems('sources-readable', ({ get }) => {
      const { metadata } = get('ApplicationSet/apps-prod').spec.template;
      metadata.annotations = paths === undefined ? {} : { [WATCHED]: paths };
    });
  const at = `ApplicationSet/apps-prod: /spec/template/metadata/annotations/${WATCHED.replace('/', '~1')}`;

  test.each(['.', '/dist', '/lib;.', '/'])('are accepted as %s, which holds the folder', (paths) => {
    expect(watching(paths)).toEqual([]);
  });

  test('are asked of folders of the repository, and must hold them', () => {
    expect(watching(undefined)).toEqual([`${at} is missing: every commit to the repository would make Argo CD read this folder anew`]);
    expect(watching('/dist/dev')).toEqual([
      `${at} is "/dist/dev", which leaves out the own folder of the Application: what changes there would not be deployed`,
    ]);
  });
});
