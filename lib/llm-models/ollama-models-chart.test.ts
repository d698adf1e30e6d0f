import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { App } from 'cdk8s';

import { local } from '../environments/regions';
import { modelOf } from '../releases/models';
import { OllamaModelsChart } from './ollama-models-chart';

const pinned = (source: string) => modelOf('gemma3', { source, revision: '4b', sha256: 'unresolved', size: '3.3 GB' });

const pool = { ...local.cpuPool, labels: { machine: 'models' } };

const chartOf = (source = 'ollama://gemma3') =>
  new OllamaModelsChart(new App(), 'llm-models', {
    ...{ region: local, image: 'r.example.com/ollama:v1', placement: { pool, imagePullSecrets: [] }, leastVolumeGiB: 50 },
    models: [{ pin: pinned(source), servedName: 'gemma3' }],
  });

test('pulls each model by its tag, and has servers wait for the name that clients ask for', () => {
  const chart = chartOf();
  const job = chart.synthesize().manifests.find(({ kind }) => kind === 'Job');

  expect(job?.spec.template.spec.containers[0].env).toContainEqual({ name: 'OLLAMA_PULL', value: 'gemma3=gemma3:4b' });
  expect(chart.stored.mark).toBe('gemma3=gemma3:4b');
});

test('pulls them on the machine that serves them', () => {
  const job = chartOf()
    .synthesize()
    .manifests.find(({ kind }) => kind === 'Job');

  expect(job?.spec.template.spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].preference).toEqual({
    matchExpressions: [{ key: 'machine', operator: 'In', values: ['models'] }],
  });
});

test('gives a model its name once it is there', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ollama-'));
  try {
    writeFileSync(join(folder, 'ollama'), `#!/bin/sh\ncase $1 in pull | cp) echo "$@" ;; esac\n`);
    chmodSync(join(folder, 'ollama'), 0o755);
    const env = {
      PATH: `${folder}:${process.env['PATH']}`,
      OLLAMA_MODELS: folder,
      OLLAMA_PULL: 'tinyllama=tinyllama:1.1b gemma3=gemma3:4b',
    };

    expect(
      execFileSync('sh', [join(__dirname, 'pull-models.sh')], { env, encoding: 'utf8' })
        .trim()
        .split('\n'),
    ).toEqual([...['pull tinyllama:1.1b', 'cp tinyllama:1.1b tinyllama', 'pull gemma3:4b', 'cp gemma3:4b gemma3']]);
    expect(readFileSync(join(folder, '.verified'), 'utf8')).toBe('tinyllama=tinyllama:1.1b gemma3=gemma3:4b\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('fails for a model that is not from Ollama’s library', () => {
  expect(() => chartOf('hf://google/gemma-3-4b-it')).toThrow(
    'Cannot pull "gemma3" from "hf://google/gemma-3-4b-it" as Ollama\'s models come from its library: pin it as ollama://<name>',
  );
});
