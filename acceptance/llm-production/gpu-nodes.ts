import { parse } from 'yaml';

import type { Checks } from '../acceptance';
import { addon, dist, has, named, yamlIn } from '../read';
import { apiTargets } from './regions';

const plugin = (target: string) => dist(`${target}/foundation/DaemonSet.nvidia-device-plugin-daemonset`);
const pluginPod = (target: string) => plugin(target).spec.template.spec;
const schedulerConfiguration = (target: string) => parse(dist(`${target}/foundation/ConfigMap.gpu-scheduler`).data['config.yaml']);

/** What makes nodes offer their GPUs, and what packs them. */
export const gpuNodes: Checks = {
  11: () => {
    for (const target of [...apiTargets, 'staging/eu-west-1']) expect(plugin(target).metadata.namespace).toBe('kube-system');
    expect(has('prod/germanywestcentral/foundation/DaemonSet.nvidia-device-plugin-daemonset')).toBe(false);
    expect(addon('prod/germanywestcentral', 'gpu-operator').spec.source.chart).toBe('gpu-operator');
  },

  12: () => {
    for (const target of apiTargets)
      expect(pluginPod(target).tolerations).toEqual([{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }]);
  },

  13: () => {
    const { repository, tag, digest } = yamlIn('releases/prod.yaml').images['nvidia-device-plugin'];
    const [major, minor] = tag.replace('v', '').split('.').map(Number);

    expect(repository).toBe('nvcr.io/nvidia/k8s-device-plugin');
    expect(major * 1000 + minor).toBeGreaterThan(14);
    for (const target of apiTargets) expect(pluginPod(target).containers[0].image).toBe(`${repository}:${tag}@${digest}`);
  },

  14: () => {
    for (const target of apiTargets)
      expect(pluginPod(target).containers[0].env).toContainEqual({ name: 'FAIL_ON_INIT_ERROR', value: 'false' });
  },

  15: () => {
    for (const target of apiTargets)
      expect(pluginPod(target).containers[0].securityContext).toEqual({
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        readOnlyRootFilesystem: true,
      });
  },

  16: () => {
    const path = '/var/lib/kubelet/device-plugins';

    for (const target of apiTargets) {
      expect(named(pluginPod(target).volumes, 'device-plugin')).toMatchObject({ hostPath: { path } });
      expect(pluginPod(target).containers[0].volumeMounts).toContainEqual({ name: 'device-plugin', mountPath: path });
    }
  },

  17: () => {
    for (const target of apiTargets) {
      const { apiVersion, leaderElection, profiles } = schedulerConfiguration(target);

      expect(apiVersion).toBe('kubescheduler.config.k8s.io/v1');
      expect(leaderElection).toMatchObject({ leaderElect: true, resourceName: 'gpu-scheduler' });
      expect(profiles.map(({ schedulerName }: { schedulerName: string }) => schedulerName)).toEqual(['gpu-scheduler']);
      expect(dist(`${target}/foundation/Deployment.gpu-scheduler`).spec.template.spec.containers[0].image).toMatch(
        /^registry\.k8s\.io\/kube-scheduler:v1\.34\./,
      );
      expect(dist(`${target}/llm/Deployment.llm-service`).spec.template.spec.schedulerName).toBe('gpu-scheduler');
    }
    expect(has('prod/germanywestcentral/foundation/Deployment.gpu-scheduler')).toBe(false);
    expect(dist('prod/germanywestcentral/llm/Deployment.kiva-vllm').spec.template.spec.schedulerName).toBeUndefined();
  },

  18: () => {
    for (const target of apiTargets) {
      const [{ pluginConfig }] = schedulerConfiguration(target).profiles;
      const { args } = named<{ name: string; args: { scoringStrategy: unknown } }>(pluginConfig, 'NodeResourcesFit');

      expect(args.scoringStrategy).toEqual({
        type: 'MostAllocated',
        resources: [
          { name: 'nvidia.com/gpu', weight: 100 },
          { name: 'cpu', weight: 10 },
          { name: 'memory', weight: 10 },
        ],
      });
    }
  },
};
