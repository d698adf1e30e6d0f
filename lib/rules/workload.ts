import { groupOf, type Manifest } from '../kubernetes/manifest';
import { type Data, record, records } from './fields';
import { perObject } from './per-object';

/** An object that makes pods from a template. */
export interface Workload {
  readonly object: Manifest;
  readonly namespace: string;

  /** Labels and annotations of the pods. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;

  /** The pods' spec, and where it stands. */
  readonly pod: Data;
  readonly field: string;

  /** Containers and init containers. */
  readonly containers: readonly Container[];
}

/** A container of a workload. */
export interface Container {
  readonly spec: Data;
  readonly field: string;
  readonly workload: Workload;

  /** Init containers end before the others start, unless they are sidecars. */
  readonly init: boolean;
}

const TEMPLATES: Readonly<Record<string, string>> = {
  'apps/Deployment': '/spec/template',
  'apps/StatefulSet': '/spec/template',
  'apps/DaemonSet': '/spec/template',
  'batch/Job': '/spec/template',
  'batch/CronJob': '/spec/jobTemplate/spec/template',
};

/** The workload that an object is, if it is one. */
export const workloadOf = perObject((object): Workload | undefined => {
  const field = TEMPLATES[`${groupOf(object)}/${object.kind}`];
  if (field === undefined) return undefined;

  const template = record(object.kind === 'CronJob' ? object.spec?.jobTemplate?.spec?.template : object.spec?.template);
  const metadata = record(template.metadata);
  const containers: Container[] = [];
  const workload: Workload = {
    object,
    namespace: object.metadata.namespace ?? '',
    labels: record(metadata.labels),
    annotations: record(metadata.annotations),
    pod: record(template.spec),
    field: `${field}/spec`,
    containers,
  };
  for (const init of [true, false]) {
    const list = init ? 'initContainers' : 'containers';
    records(workload.pod[list]).forEach((spec, i) => {
      containers.push({ spec, field: `${workload.field}/${list}/${i}`, workload, init });
    });
  }
  return workload;
});
