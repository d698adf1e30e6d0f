import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';

import { isClusterScoped } from './cluster-scoped';
import { groupOf, type Manifest } from './manifest';

/** Finds the construct that made an object and the line that it stands in, if it was made under observation. */
export type Origins = (object: Manifest) => string | undefined;

/** Where an object passes on its way, but nobody decides anything about it. */
const FRAMEWORK = /^lib\/(?:kubernetes|output|rules)\/|^lib\/[\w-]+\.ts/;
const FRAME = /(?:^|[\s(/\\])(lib\/[\w./-]+\.ts:\d+):\d+\)?$/;

/** Deep enough for every construct in a construct. */
const STACK_FRAMES = 60;

/**
 * Does what makes objects once more, and takes note of who makes each. Every object costs a stack trace, so that this is
 * for what went wrong.
 */
export function originsOf(make: () => unknown): Origins {
  const made = new Map<string, { readonly path: string; readonly at: Error }>();
  const constructs = new Map<IConstruct, Error>();
  const { of } = Chart;
  const { stackTraceLimit } = Error;
  try {
    Error.stackTraceLimit = STACK_FRAMES;
    // Every object asks for its chart while it is being made.
    Chart.of = (construct) => {
      if (!constructs.has(construct)) constructs.set(construct, new Error());
      return of.call(Chart, construct);
    };
    make();
  } finally {
    Chart.of = of;
    Error.stackTraceLimit = stackTraceLimit;
  }
  for (const [construct, at] of constructs) {
    if (!ApiObject.isApiObject(construct)) continue;
    const { apiVersion, kind, name, metadata } = construct as ApiObject;
    const object = { apiVersion, kind, metadata: { name, ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }) } };
    const [chart = '', ...path] = construct.node.path.split('/');
    for (const app of [chart, '']) if (!made.has(idOf(object, app))) made.set(idOf(object, app), { path: path.join('/'), at });
  }
  return (object) => {
    const app = object.metadata.labels?.['app.kubernetes.io/part-of'] ?? '';
    const found = made.get(idOf(object, app)) ?? made.get(idOf(object, ''));
    if (found === undefined) return undefined;
    const lines = linesOf(found.at);
    return lines.length === 0 ? found.path : `${found.path} (${lines.join(', for ')})`;
  };
}

const idOf = (object: Manifest, app: string): string => {
  const namespace = isClusterScoped(object) ? '' : (object.metadata.namespace ?? '');
  return `${app} ${groupOf(object)} ${object.kind} ${namespace} ${object.metadata.name}`;
};

/** The line that makes an object, and the one that asks for it from another folder: a shared construct alone says little. */
function linesOf({ stack = '' }: Error): readonly string[] {
  const lines = stack
    .split('\n')
    .filter((line) => !line.includes('node_modules'))
    .flatMap((line) => FRAME.exec(line.replaceAll('\\', '/'))?.[1] ?? [])
    .filter((line) => !FRAMEWORK.test(line));
  const [first] = lines;
  if (first === undefined) return [];
  const other = lines.find((line) => folderOf(line) !== folderOf(first));
  return other === undefined ? [first] : [first, other];
}

const folderOf = (line: string): string => line.slice(0, line.lastIndexOf('/'));
