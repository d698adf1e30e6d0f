import { App } from 'cdk8s';

import { AppChart } from '../kubernetes/app-chart';
import type { Manifest } from '../kubernetes/manifest';

/** Synthesizes what a test defines in a chart of its own. */
export function synth(define: (chart: AppChart) => void): readonly Manifest[] {
  const chart = new AppChart(new App(), 'test', 'test');
  define(chart);
  return chart.synthesize().manifests;
}

/**
 * The one object of a kind and name.
 *
 * @throws Error if there is none, or more than one
 */
export function find(manifests: readonly Manifest[], kind: string, name: string): Manifest {
  const found = manifests.filter((manifest) => manifest.kind === kind && manifest.metadata.name === name);
  const [only] = found;
  if (only === undefined || found.length > 1) {
    const names = manifests.map((manifest) => `${manifest.kind}/${manifest.metadata.name}`).join(', ');
    throw new Error(`Cannot find exactly one ${kind}/${name}: got ${found.length} among ${names}`);
  }
  return only;
}
