import type { Cloud, Region } from '../regions/region';
import type { Mistake } from './plain-values';

/** How clouds call the annotations that they read from Services. */
const ANNOTATIONS: readonly (readonly [cloud: Cloud['kind'], key: RegExp])[] = [
  ['aws', /\/aws-|(?:^|\.)aws\.|\.k8s\.aws\//],
  ['azure', /\/azure-|(?:^|\.)azure\./],
  ['gcp', /(?:^|\.)cloud\.google\.com\/|(?:^|\.)gke\.io\//],
];

/** What a load balancer is told in the words of another cloud, which nobody reads. */
export function* balancerMistakes({ cloud, platform }: Region): Generator<Mistake> {
  const { loadBalancer } = platform;
  if (loadBalancer.kind !== 'cloud') return;
  const { annotations, idleTimeout } = loadBalancer;
  const path = ['region', 'platform', 'loadBalancer'];
  for (const key of Object.keys(annotations)) {
    if (key === idleTimeout?.annotation)
      yield { path: [...path, 'annotations', key], mistake: 'its idleTimeout says it, and is longer where answers are: take it out' };
  }
  const keys: readonly (readonly [key: string, at: readonly string[]])[] = [
    ...Object.keys(annotations).map((key) => [key, ['annotations', key]] as const),
    ...(idleTimeout === undefined ? [] : [[idleTimeout.annotation, ['idleTimeout', 'annotation']] as const]),
  ];
  for (const [key, at] of keys) {
    const [other] = ANNOTATIONS.find(([, shape]) => shape.test(key)) ?? [];
    if (other !== undefined && other !== cloud.kind)
      yield { path: [...path, ...at], mistake: `${other} alone reads it, and ${platform.name} runs on ${cloud.kind}: take it out` };
  }
}
