import type { FleetTarget } from '../fleet-summary';
import type { AddonRelease, Installed } from './addon-releases';
import { gpuOperator, onGpuNodes } from './gpu-releases';

const TAINT = { key: 'gpu', value: 'yes', effect: 'NoSchedule' } as const;
const tolerated = { key: 'gpu', operator: 'Equal', value: 'yes', effect: 'NoSchedule' };

const installed = (chart: string, values: AddonRelease['values'], target: Partial<FleetTarget> = {}) =>
  ({
    ...{ chart, values, cluster: 'prod-one' },
    target: { gpuTaints: [TAINT], gpuLabels: { pool: 'gpu' }, ...target },
  }) as unknown as Installed;

const faults = (found: Iterable<readonly [string, string]>): readonly string[] => [...found].map((fault) => fault.join(' '));

test('accepts pods that tolerate what keeps others off GPU nodes, and charts whose pods tolerate it by themselves', () => {
  expect(faults(onGpuNodes(installed('dcgm-exporter', { tolerations: [tolerated], nodeSelector: { pool: 'gpu', zone: 'a' } })))).toEqual(
    [],
  );
  expect(faults(onGpuNodes(installed('kube-prometheus-stack', {})))).toEqual([]);
  const nvidia = { gpuTaints: [{ key: 'nvidia.com/gpu', effect: 'NoSchedule' } as const] };
  expect(faults(onGpuNodes(installed('gpu-operator', {}, nvidia)))).toEqual([]);
});

test('fails for pods that do not get there', () => {
  const off = 'tolerate no gpu=yes:NoSchedule, which keeps these pods off the GPU nodes of prod-one';

  expect(faults(onGpuNodes(installed('dcgm-exporter', {})))).toEqual([`/tolerations ${off}`]);
  expect(faults(onGpuNodes(installed('gpu-operator', { daemonsets: { tolerations: [tolerated] } })))).toEqual([
    `/node-feature-discovery/worker/tolerations ${off}`,
  ]);
  expect(faults(onGpuNodes(installed('kube-prometheus-stack', { 'prometheus-node-exporter': { tolerations: [{ key: 'gpu' }] } })))).toEqual(
    [`/prometheus-node-exporter/tolerations ${off}`],
  );
  expect(faults(onGpuNodes(installed('dcgm-exporter', { tolerations: [tolerated], nodeSelector: { pool: 'cpu' } })))).toEqual([
    '/nodeSelector/pool is "cpu", and the GPU nodes of prod-one have "gpu"',
  ]);
});

test('fails for an operator that installs what the nodes of a cloud bring', () => {
  const off = { driver: { enabled: false }, toolkit: { enabled: false } };
  const on = (platform: string, values: object) => faults(gpuOperator(installed('gpu-operator', values, { platform })));

  expect(on('aks', { ...off, operator: { runtimeClass: 'nvidia-container-runtime' } })).toEqual([]);
  expect([...on('eks', off), ...on('k3s', {})]).toEqual([]);
  expect(on('eks', { ...off, driver: {} })).toEqual([
    '/driver/enabled is not false: GPU nodes of EKS bring theirs, and a second one breaks the first',
  ]);
  expect(on('aks', off)).toEqual(['/operator/runtimeClass is missing, and nodes of AKS have "nvidia-container-runtime"']);
});
