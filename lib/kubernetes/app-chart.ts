import { ApiObject, type App, Chart } from 'cdk8s';

import { isClusterScoped } from './cluster-scoped';
import type { Manifest } from './manifest';
import { inOneWave } from './sync-wave';
import type { SynthesizedApp } from './synthesized';

/**
 * One app of a target: one folder of `dist/`, one Argo CD Application, one namespace.
 *
 * Charts are flat and never depend on each other: cdk8s would number the folders, and order between objects is
 * Argo CD's business (sync waves).
 */
export class AppChart extends Chart {
  constructor(
    scope: App,
    id: string,
    /** Namespace of every namespaced object that names no other one. */
    public override readonly namespace: string,
  ) {
    super(scope, id, {
      namespace,
      disableResourceNameHashes: true,
      labels: { 'app.kubernetes.io/part-of': id, 'app.kubernetes.io/managed-by': 'slipway' },
    });
  }

  /** Resolves every object of the app, once. */
  public synthesize(): SynthesizedApp {
    const objects = this.node.findAll().filter((construct) => ApiObject.isApiObject(construct));
    const manifests = objects.map((object) => manifestOf(object as ApiObject));
    return { name: this.node.id, namespace: this.namespace, manifests: inOneWave(manifests) };
  }
}

/** cdk8s gives the chart's namespace to cluster-scoped objects as well; the API server knows none there. */
function manifestOf(object: ApiObject): Manifest {
  const manifest = object.toJson();
  if (isClusterScoped(manifest)) delete manifest.metadata.namespace;
  return manifest;
}
