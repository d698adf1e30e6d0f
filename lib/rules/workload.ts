import { NAME_LABEL, WORKLOAD_LABEL } from '../kubernetes/labels';
import { groupOf, type Manifest } from '../kubernetes/manifest';
import { type Data, record, records } from './fields';
import { perObject } from './per-object';

/** An object that makes pods from a template. */
export interface Workload {
  readonly object: Manifest;
  readonly namespace: string;

  /** Labels of the pods as they are written. */
  readonly written: Readonly<Record<string, string>>;

  /**
   * Labels and annotations of the pods, with the stable label as it is meant: that it is wrong is for one rule to tell, and not for each
   * that looks for pods by it.
   */
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

/** Labels, with the stable one corrected where the pods say by their name whose they are. */
function meant(labels: Readonly<Record<string, string>>, { metadata: { name }, spec }: Manifest): Readonly<Record<string, string>> {
  const isOwn = labels[NAME_LABEL] === name && record(spec?.selector).matchLabels?.[NAME_LABEL] === name;
  return isOwn && labels[WORKLOAD_LABEL] !== name ? { ...labels, [WORKLOAD_LABEL]: name } : labels;
}

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
    ...{ written: record(metadata.labels), labels: meant(record(metadata.labels), object) },
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
