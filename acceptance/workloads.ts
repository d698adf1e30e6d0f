import type { Manifest } from '../lib/kubernetes/manifest';
import { valuesOf } from './read';

// biome-ignore lint/suspicious/noExplicitAny: containers are read as the data they are
type Container = any;

const podKinds = ['CronJob', 'DaemonSet', 'Deployment', 'Job', 'StatefulSet'];

/** The pods that an object makes, if it makes some. */
// biome-ignore lint/suspicious/noExplicitAny: a pod's specification is read as the data it is
export function podOf({ kind, spec }: Manifest): any {
  if (!podKinds.includes(kind)) return undefined;
  return kind === 'CronJob' ? spec.jobTemplate.spec.template : spec.template;
}

/** The first container of a workload. */
export const container = (workload: Manifest): Container => podOf(workload)?.spec.containers[0];

/** Value of a container's variable, or the Secret's name and key as `<name>/<key>`. */
export function variable(workload: Manifest, name: string): string | undefined {
  const found = container(workload).env?.find((entry: { name: string }) => entry.name === name);
  const secret = found?.valueFrom?.secretKeyRef;
  return secret === undefined ? found?.value : `${secret.name}/${secret.key}`;
}

/** Holds a vertical autoscaler of a target to telling: its mode touches no pod that runs, and what would change any is not installed. */
export function recommendsOnly(target: string, updatePolicy: object): void {
  const { updater, admissionController, recommender } = valuesOf(target, 'vertical-pod-autoscaler');

  expect(updatePolicy).toEqual({ updateMode: 'Initial' });
  expect([updater, admissionController]).toEqual([{ enabled: false }, { enabled: false }]);
  expect(recommender.enabled).not.toBe(false);
}
