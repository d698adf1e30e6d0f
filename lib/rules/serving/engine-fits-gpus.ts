import { records } from '../fields';
import type { Problem, Rule } from '../rule';
import { type Engine, enginesOf, limitOf, settingOf } from './engines';

const GPU = 'nvidia.com/gpu';

export const engineFitsGpus: Rule = {
  id: 'engine-fits-gpus',
  title: 'An engine shards its model over exactly the GPUs of its container, and its shards have memory to talk through.',
  why: 'vLLM ends at once if it finds fewer GPUs than it shards over, and leaves further ones idle; shards exchange tensors through /dev/shm, whose default of 64 MiB is too small.',
  fix: 'Set gpus of the model in lib/environments/: VllmServer of lib/llm/vllm-server.ts derives GPUs, tensor-parallel-size and shared memory from it.',
  *check(target) {
    for (const engine of enginesOf(target)) {
      const { workload, file } = engine;
      const shards = numberOf(engine, 'tensor-parallel-size', 1) * numberOf(engine, 'pipeline-parallel-size', 1);
      const gpus = limitOf(engine, GPU);
      if (shards !== gpus) {
        const line = settingOf(engine, 'tensor-parallel-size')?.line;
        const where = line === undefined ? '' : ` in line ${line}`;
        const message = `shards the model${where} over ${shards} GPUs, but container ${engine.container.spec.name} of ${workload.object.kind}/${workload.object.metadata.name} has ${Number.isNaN(gpus) ? 'no whole number' : gpus}`;
        yield { object: file.object, field: file.field, message };
      }
      const share = numberOf(engine, 'gpu-memory-utilization', 0.9);
      if (!(share > 0 && share <= 1)) {
        yield { object: file.object, field: file.field, message: `takes ${share} of each GPU's memory: a share is above 0 and at most 1` };
      }
      if (shards > 1) yield* withoutSharedMemory(engine);
    }
  },
};

const numberOf = (engine: Engine, name: string, otherwise: number): number => Number(settingOf(engine, name)?.value ?? otherwise);

function* withoutSharedMemory({ workload: { object, pod }, container }: Engine): Iterable<Problem> {
  const mount = records(container.spec.volumeMounts).find(({ mountPath }) => mountPath === '/dev/shm');
  if (mount === undefined) {
    yield {
      object,
      field: `${container.field}/volumeMounts`,
      message: 'mounts nothing at /dev/shm, so that the shards have only 64 MiB to exchange tensors through',
    };
    return;
  }
  const volumes = records(pod.volumes);
  const at = volumes.findIndex(({ name }) => name === mount.name);
  const { emptyDir } = volumes[at] ?? {};
  if (at >= 0 && emptyDir?.medium !== 'Memory') {
    const field = `${container.field.replace(/\/containers\/\d+$/, '')}/volumes/${at}`;
    yield { object, field, message: 'is mounted at /dev/shm, but is no emptyDir of medium Memory' };
  }
}
