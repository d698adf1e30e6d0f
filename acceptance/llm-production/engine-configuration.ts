import { parse } from 'yaml';

import { catalog } from '../../lib/models/catalog';
import type { Checks } from '../acceptance';
import { allIn, dist, page, yamlIn } from '../read';
import { container, variable } from '../workloads';
import { apiTargets } from './regions';

const configMap = (target: string) => dist(`${target}/llm/ConfigMap.llm-service-config`);
const options = (target: string) => parse(configMap(target).data['config.yaml']);

/** What the document sets, by its names: the page of names says what became of each. */
const variables = ['MODEL_NAME', 'TENSOR_PARALLEL_SIZE', 'GPU_MEMORY_UTILIZATION', 'MAX_MODEL_LEN'];
const settings = [
  'max_batch_size',
  'max_num_seqs',
  'swap_space',
  'enable_metrics',
  'bits',
  'group_size',
  'logging.level',
  'logging.format',
];

/** Holds one option of the engine to its value in every region of the API. */
const hasOption = (name: string, value: unknown) => () => {
  for (const target of apiTargets) expect(options(target)[name]).toBe(value);
};

/** What the engine is told. */
export const engineConfiguration: Checks = {
  30: () => {
    const { source, revision } = yamlIn('releases/prod.yaml').models['llama-2-70b-chat-awq'];

    expect(source).toBe('hf://TheBloke/Llama-2-70B-Chat-AWQ');
    for (const target of apiTargets) expect(options(target).model).toBe(`/models/llama-2-70b-chat-awq/${revision}`);
  },

  31: () => {
    const engines = allIn('dist', 'Deployment').filter(
      (workload) => container(workload).resources?.limits?.['nvidia.com/gpu'] !== undefined,
    );

    expect(engines.length).toBeGreaterThanOrEqual(6);
    for (const { metadata, spec } of engines) {
      const config = allIn('dist', 'ConfigMap').filter(({ metadata: { name } }) => name === `${metadata.name}-config`);
      const gpus = Number(spec.template.spec.containers[0].resources.limits['nvidia.com/gpu']);

      expect(config.map(({ data }) => parse(data['config.yaml'])['tensor-parallel-size'])).toContain(gpus);
    }
    hasOption('tensor-parallel-size', 2)();
  },

  32: hasOption('gpu-memory-utilization', 0.9),
  33: hasOption('max-model-len', 4096),

  39: () => {
    hasOption('served-model-name', 'llama-2-70b-chat')();
    const { model_list } = parse(dist('prod/us-east-1/litellm/ConfigMap.litellm-config').data['config.yaml']);
    expect(model_list[0]).toMatchObject({ model_name: 'llama-2-70b-chat', litellm_params: { model: 'hosted_vllm/llama-2-70b-chat' } });
  },

  40: () => {
    hasOption('quantization', 'awq')();
    expect(catalog['llama-2-70b-chat-awq'].quantization).toEqual({ method: 'awq', bits: 4, groupSize: 128 });
  },

  41: hasOption('max-num-seqs', 256),

  42: () => {
    for (const target of apiTargets) {
      const text: string = configMap(target).data['config.yaml'];
      expect(text.match(/^tensor-parallel-size: 2$/gm)).toHaveLength(1);
      expect(text.match(/^gpu-memory-utilization: 0\.9$/gm)).toHaveLength(1);
      expect(variable(dist(`${target}/llm/Deployment.llm-service`), 'TENSOR_PARALLEL_SIZE')).toBeUndefined();
    }
  },

  43: () => {
    for (const target of apiTargets) expect(Object.keys(options(target)).filter((name) => name.includes('swap'))).toEqual([]);
    expect(page('how-to/names')).toContain('none: vLLM keeps no swap space any more');
  },

  44: hasOption('enable-prefix-caching', true),
  45: hasOption('enable-chunked-prefill', true),
  46: hasOption('max-num-batched-tokens', 4096),

  47: () => {
    for (const target of apiTargets) {
      const { handlers, loggers, formatters } = JSON.parse(configMap(target).data['logging.json']);

      expect(formatters.json.class).toBe('pythonjsonlogger.json.JsonFormatter');
      expect(handlers.stdout).toMatchObject({ formatter: 'json', level: 'INFO', stream: 'ext://sys.stdout' });
      expect([loggers.vllm.level, loggers.uvicorn.level]).toEqual(['INFO', 'INFO']);
      expect(variable(dist(`${target}/llm/Deployment.llm-service`), 'VLLM_LOGGING_CONFIG_PATH')).toBe('/config/logging.json');
    }
  },

  48: () => {
    for (const target of apiTargets) {
      expect(Object.keys(options(target))).toEqual(
        expect.arrayContaining(['model', 'quantization', 'max-num-seqs', 'enable-prefix-caching', 'enable-chunked-prefill']),
      );
      expect(container(dist(`${target}/llm/Deployment.llm-service`)).ports).toHaveLength(1);
      expect(options(target)).not.toHaveProperty('disable-log-stats');
    }
    expect(page('how-to/names')).toContain("| metrics port 8001, Service port 9090 | the engine's only port, 8000");
    for (const setting of [...variables, ...settings]) expect(page('how-to/names')).toContain(`\`${setting}\``);
    for (const name of variables) expect(variable(dist('prod/us-east-1/llm/Deployment.llm-service'), name)).toBeUndefined();
  },
};
