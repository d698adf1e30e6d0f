import { parse } from 'yaml';

import type { Manifest } from '../lib/kubernetes/manifest';
import { findUnknownFields } from '../lib/rules/kubernetes/fields-are-known';
import { levelsOf } from './known-fields';

/** What is found in a tree of one object. */
function found(text: string): readonly string[] {
  const object = parse(text) as Manifest;
  const targets = [{ environment: 'prod', region: 'eu-west-1', apps: [{ name: 'app', manifests: [object] }] }];
  return findUnknownFields({ targets, folders: [], files: new Map() }, levelsOf).map(({ field, message }) => `${field} ${message}`);
}

const deployment = (pod: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, labels: { selector: any } }
spec:
  replicas: 1
  selector: { matchLabels: { template: any } }
  template:
    metadata: { labels: { template: any } }
    spec:
      ${pod}
`;

test.each([
  [
    'a Deployment',
    deployment(
      'containers: [{ name: web, image: web:1, resources: { limits: { cpu: 1, nvidia.com/gpu: 1 } }, env: [{ name: A, value: b }] }]',
    ),
  ],
  [
    'names that generated classes write in another case',
    '{ apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: { name: a }, spec: { source: { repoURL: x } } }',
  ],
  ['a kind that nobody knows', '{ apiVersion: example.com/v1, kind: Thing, metadata: { name: a }, specs: 1 }'],
  ['a field that is newer than the classes', deployment('hostnameOverride: web')],
])('accepts %s', (_, text) => {
  expect(found(text)).toEqual([]);
});

test.each([
  [
    'a misspelt field',
    deployment('containers: [{ name: web, imagePullPolciy: Always }]'),
    '/spec/template/spec/containers/0/imagePullPolciy is no field of its kind: imagePullPolicy is meant',
  ],
  [
    'one in the wrong case',
    deployment('nodeselector: { a: b }'),
    '/spec/template/spec/nodeselector is no field of its kind: nodeSelector is meant',
  ],
  [
    'one a level too low',
    deployment('containers: [{ name: web, nodeSelector: { a: b } }]'),
    '/spec/template/spec/containers/0/nodeSelector is no field there: it belongs to /spec/template/spec',
  ],
  [
    'one a level too high',
    '{ apiVersion: monitoring.coreos.com/v1, kind: PodMonitor, metadata: { name: a }, spec: { interval: 10s, selector: {}, podMetricsEndpoints: [{ port: http }] } }',
    '/spec/interval is no field there: it belongs to /spec/podMetricsEndpoints/0',
  ],
  [
    'a misspelt field of a custom resource',
    '{ apiVersion: flagger.app/v1beta1, kind: Canary, metadata: { name: a }, spec: { targetRef: { name: a }, analysis: { stepWeigths: [1] } } }',
    '/spec/analysis/stepWeigths is no field of its kind: stepWeights is meant',
  ],
])('finds %s', (_, text, message) => {
  expect(found(text)).toEqual([message]);
});
