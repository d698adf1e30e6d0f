import { record } from '../fields';
import { type ConfigFile, filesOf, settings } from '../file-settings';
import type { TargetIndex } from '../target-index';
import type { Container, Workload } from '../workload';

/** A vLLM server, as its configuration file describes it. */
export interface Engine {
  readonly workload: Workload;

  /** The container that reads the file. */
  readonly container: Container;
  readonly file: ConfigFile;
}

/** Every workload that reads a file which says under which name a model is served. */
export function enginesOf(target: TargetIndex): readonly Engine[] {
  const engines: Engine[] = [];
  for (const workload of target.workloads) {
    const container = workload.containers.find(({ init }) => !init);
    // A command line is cheaper to look through than every file.
    if (container === undefined || !JSON.stringify([container.spec.command, container.spec.args]).includes('--config')) continue;
    const file = filesOf(workload, target).find(({ text }) => text.includes('served-model-name:'));
    if (file !== undefined) engines.push({ workload, container, file });
  }
  return engines;
}

/** One value of an engine's file, and its line. */
export const settingOf = ({ file }: Engine, name: string) => settings(file.text, name)[0];

/** A quantity of the container's limits, as a number. */
export const limitOf = ({ container }: Engine, resource: string): number => Number(record(container.spec.resources?.limits)[resource] ?? 0);

/** The names under which a target's engines serve models. */
export const servedNames = (engines: readonly Engine[]): readonly string[] =>
  engines.flatMap(({ file }) => settings(file.text, 'served-model-name').map(({ value }) => value));
