import { type ConfigFile, filesOf } from './file-settings';
import type { TargetIndex } from './target-index';
import type { Workload } from './workload';

/** A proxy that is told in a file which models there are: LiteLLM. */
export interface ModelClient {
  readonly workload: Workload;
  readonly file: ConfigFile;
  readonly models: readonly ModelEntry[];
}

/** One entry of `model_list`. */
export interface ModelEntry {
  /** What its servers are asked for, with the protocol: `hosted_vllm/llama`. */
  readonly model: string;

  /** The configured base URL. */
  readonly base: string;

  /** Line of the base URL, from 1. */
  readonly line: number;

  /** Seconds that an answer may take, where the entry says so. */
  readonly timeout: number | undefined;
}

const LINE = /^\s*(?:- )?\s*([\w-]+):\s*(.*)$/;

/** Every workload that reads a list of models. */
export function modelClientsOf(target: TargetIndex): readonly ModelClient[] {
  const clients: ModelClient[] = [];
  for (const workload of target.workloads) {
    for (const file of filesOf(workload, target)) {
      if (file.text.includes('model_list:')) clients.push({ workload, file, models: entries(file.text) });
    }
  }
  return clients;
}

/** Reads the list line by line: rules run in every synth, and reading the file as YAML would take longer than all of them. */
function entries(text: string): readonly ModelEntry[] {
  const found: ModelEntry[] = [];
  let open = false;
  let entry: Record<string, string> = {};
  let line = 0;
  const close = (): void => {
    if (entry.api_base !== undefined) {
      const timeout = entry.timeout === undefined ? undefined : Number(entry.timeout);
      found.push({ model: entry.model ?? '', base: entry.api_base, line, timeout });
    }
    entry = {};
  };
  for (const [i, row] of text.split('\n').entries()) {
    if (/^[^\s-]/.test(row)) open = row.startsWith('model_list:');
    if (!open) continue;
    if (/^\s*- model_name:/.test(row)) close();
    const [, name, value = ''] = LINE.exec(row) ?? [];
    if (name === undefined) continue;
    entry[name] = value.trim().replace(/^(["'])(.*)\1$/, '$2');
    if (name === 'api_base') line = i + 1;
  }
  close();
  return found;
}
