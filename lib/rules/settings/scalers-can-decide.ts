import { isRecord, record, records } from '../fields';
import { metricOf } from '../promql/catalogue';
import { quantity } from '../quantity';
import type { Rule } from '../rule';
import { scalers } from '../scalers';
import { accelerated } from '../startup';
import type { TargetIndex } from '../target-index';
import type { Workload } from '../workload';

/** A pod that waits for requests uses up to this much of what it requests, percent. */
const LEAST_SHARE = 10;

/** Things that are counted one by one. */
const LEAST_VALUE = 0.1;

type Fault = readonly [field: string, message: string];

export const scalersCanDecide: Rule = {
  id: 'scalers-can-decide',
  title: 'Every figure that an autoscaler is told to keep is one that its pods can reach, and each metric is there once.',
  why: 'A target that the metric can never reach never adds a pod, however long the queue is. A share of a resource that the pods do not request is an error, and the replicas stay as they are.',
  fix: 'Set the target to what one pod can reach: a percentage of its requests up to its limits, or a value in the unit of the metric.',
  *check(target) {
    for (const { object, namespace, name } of scalers(target)) {
      if (object.kind !== 'HorizontalPodAutoscaler') continue;
      const workload = target.workloads.find((each) => each.namespace === namespace && each.object.metadata.name === name);
      for (const [field, message] of faults(record(object.spec), workload)) yield { object, field: `/spec${field}`, message };
      const metrics = records(record(object.spec).metrics);
      const isBlind = metrics.length > 0 && metrics.every(({ resource }) => resource !== undefined);
      if (isBlind && workload !== undefined && accelerated(workload))
        yield {
          object,
          field: '/spec/metrics',
          message: 'ask for processor and memory alone, which say nothing of how busy the accelerators of its pods are',
        };
    }
  },
};

function* faults({ metrics, behavior }: TargetIndex['objects'][number]['spec'], workload: Workload | undefined): Iterable<Fault> {
  const names = new Set<string>();
  for (const [i, metric] of records(metrics).entries()) {
    const { resource, pods, external } = metric;
    const name = String(resource?.name ?? pods?.metric?.name ?? external?.metric?.name);
    const id = `${metric.type} ${name} ${JSON.stringify((pods ?? external)?.metric?.selector ?? '')}`;
    if (names.has(id)) yield [`/metrics/${i}`, `asks for ${name} a second time`];
    names.add(id);
    if (isRecord(resource) && workload !== undefined) {
      for (const [at, message] of ofResource(resource, workload)) yield [`/metrics/${i}/resource${at}`, message];
    }
    const most = quantity(pods?.target?.averageValue);
    // The adapter serves the names of Prometheus without their colon.
    const known = pods === undefined ? undefined : metricOf(name.replace('_', ':'));
    if (most > 1 && known !== undefined && known !== 'others' && known.share === true) {
      yield [
        `/metrics/${i}/pods/target/averageValue`,
        `is ${pods.target.averageValue}, and ${name} is a share from 0 to 1: it is never reached`,
      ];
    }
    if (most > 0 && most < LEAST_VALUE && known !== undefined && known !== 'others' && known.share !== true)
      yield [`/metrics/${i}/pods/target/averageValue`, `is ${pods.target.averageValue}: one request of ${name} asks for many pods`];
    if (most === 0) yield [`/metrics/${i}/pods/target/averageValue`, 'is 0, which any pod exceeds: as many as possible would run'];
  }
  if (record(record(behavior).scaleDown).selectPolicy === 'Disabled')
    yield ['/behavior/scaleDown/selectPolicy', 'is Disabled: what was added at a peak stays for ever'];
  if (record(record(behavior).scaleUp).selectPolicy === 'Disabled')
    yield ['/behavior/scaleUp/selectPolicy', 'is Disabled: no pod is ever added'];
}

function* ofResource({ name, target }: TargetIndex['objects'][number]['spec'], { containers }: Workload): Iterable<Fault> {
  const running = containers.filter(({ init }) => !init).map(({ spec }) => record(spec.resources));
  const sum = (side: 'requests' | 'limits'): number =>
    running.reduce((total, resources) => total + quantity(record(resources[side])[name]), 0);
  const share = record(target).averageUtilization;
  if (share === undefined) return;
  if (!(sum('requests') > 0)) yield ['/name', `is "${name}", but not every container of the pods requests it`];
  else if (share >= 1 && share < LEAST_SHARE) yield ['/target/averageUtilization', `is ${share} %, which pods without work exceed`];
  else if (!(share >= 1)) yield ['/target/averageUtilization', `is ${share}, not a percentage from 1`];
  else if (share * sum('requests') > 100 * sum('limits')) {
    yield [
      '/target/averageUtilization',
      `is ${share} % of what the pods request, more than the ${Math.round((100 * sum('limits')) / sum('requests'))} % of their limits`,
    ];
  }
}
