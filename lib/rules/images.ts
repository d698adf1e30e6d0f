import type { Manifest } from '../kubernetes/manifest';
import { runtimeContainers } from './runtimes';
import type { TargetIndex } from './target-index';

/** A place that names an image. */
export interface NamedImage {
  readonly object: Manifest;
  readonly field: string;
  readonly image: unknown;
}

/** Every image that pods of a target run, whoever makes the pods. */
export function* imagesOf(target: TargetIndex): Iterable<NamedImage> {
  for (const { workload, field, spec } of target.containers())
    yield { object: workload.object, field: `${field}/image`, image: spec.image };
  for (const { object, field, spec } of runtimeContainers(target)) yield { object, field: `${field}/image`, image: spec.image };
  for (const object of target.all('Cluster.postgresql.cnpg.io')) {
    if (object.spec?.imageCatalogRef === undefined) yield { object, field: '/spec/imageName', image: object.spec?.imageName };
  }
}

/** Those that are written as they should be, as a text. */
export function* writtenImages(target: TargetIndex): Iterable<NamedImage & { readonly image: string }> {
  for (const { object, field, image } of imagesOf(target)) if (typeof image === 'string') yield { object, field, image };
}
