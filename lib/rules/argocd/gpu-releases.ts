import type { Taint } from '../../regions/region';
import { type Data, escaped, follow, path, record, records } from '../fields';
import type { Fault, Installed } from './addon-releases';

/** What charts of NVIDIA tolerate when they are told nothing. */
const NVIDIA = [{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }];

/** Where charts are told which taints of nodes their DaemonSets tolerate, and what they tolerate otherwise. */
const TOLERATIONS: Readonly<Record<string, readonly (readonly [field: string, otherwise: readonly Data[]])[]>> = {
  'gpu-operator': [
    ['/daemonsets/tolerations', NVIDIA],
    ['/node-feature-discovery/worker/tolerations', NVIDIA],
  ],
  'dcgm-exporter': [['/tolerations', []]],
  'kube-prometheus-stack': [['/prometheus-node-exporter/tolerations', [{ operator: 'Exists', effect: 'NoSchedule' }]]],
};

/** Pods of an addon that look after GPUs run where the GPUs are. */
export function* onGpuNodes({ chart, values, target: { gpuTaints = [], gpuLabels = {} }, cluster }: Installed): Iterable<Fault> {
  for (const [field, otherwise] of TOLERATIONS[chart] ?? []) {
    const [found] = follow(values, path(field));
    for (const taint of gpuTaints) {
      if ((found === undefined ? otherwise : records(found.value)).some((each) => tolerates(each, taint))) continue;
      const { key, value, effect } = taint;
      const written = `${key}${value === undefined ? '' : `=${value}`}:${effect}`;
      yield [field, `tolerate no ${written}, which keeps these pods off the GPU nodes of ${cluster}`];
    }
  }
  if (chart !== 'dcgm-exporter') return;
  for (const [label, wanted] of Object.entries(record(values['nodeSelector']))) {
    const own = gpuLabels[label];
    if (own !== undefined && own !== wanted)
      yield [`/nodeSelector/${escaped(label)}`, `is "${wanted}", and the GPU nodes of ${cluster} have "${own}"`];
  }
}

const tolerates = ({ key, value, effect, operator }: Data, taint: Taint): boolean =>
  (key === taint.key || (key === undefined && operator === 'Exists')) &&
  (effect === undefined || effect === taint.effect) &&
  (operator === 'Exists' || value === taint.value);

/** Platforms whose images of GPU nodes hold NVIDIA's driver and the toolkit for containers. */
const WITH_DRIVER = ['aks', 'eks'];

/** As AKS calls the class of containers with GPUs; the operator finds no other there. */
const AKS_CLASS = 'nvidia-container-runtime';

export function* gpuOperator({ values, target: { platform = '' } }: Installed): Iterable<Fault> {
  if (!WITH_DRIVER.includes(platform)) return;
  for (const part of ['driver', 'toolkit']) {
    if (record(values[part]).enabled !== false)
      yield [`/${part}/enabled`, `is not false: GPU nodes of ${platform.toUpperCase()} bring theirs, and a second one breaks the first`];
  }
  const { runtimeClass } = record(values['operator']);
  if (platform === 'aks' && runtimeClass !== AKS_CLASS)
    yield ['/operator/runtimeClass', `is ${JSON.stringify(runtimeClass) ?? 'missing'}, and nodes of AKS have "${AKS_CLASS}"`];
}
