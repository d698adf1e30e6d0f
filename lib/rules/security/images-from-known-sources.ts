import { IMAGE_SOURCES } from '../../kubernetes/image-sources';
import type { Manifest } from '../../kubernetes/manifest';
import { there } from '../references/there';
import type { Rule } from '../rule';
import type { TargetIndex } from '../target-index';

/** Beside them nobody's registry, which examples and tests name. */
const SOURCES = [...IMAGE_SOURCES, 'registry.example.com/'];

const TAG = /^(.+?)(?::([^@/]+))?(?:@.*)?$/;

export const imagesFromKnownSources: Rule = {
  id: 'images-from-known-sources',
  title: 'Every image comes from a registry and an owner that somebody agreed on, and an app runs one version of it.',
  why: 'An image from an unknown registry runs with all rights of the pod, and a misspelt name finds one easily. A migration of another version than its server leaves a schema that the server cannot read.',
  fix: 'Correct the image in lib/releases/images.ts or its pin in releases/<environment>.yaml; a registry or an owner that is new is added to lib/kubernetes/image-sources.ts.',
  *check(target) {
    const versions = new Map<string, string>();
    for (const { object, field, image } of imagesOf(target)) {
      if (!SOURCES.some((source) => image.startsWith(source))) {
        const owner = image.slice(0, image.lastIndexOf('/') + 1);
        // An image without a registry is what images-pinned is about.
        if (owner !== '')
          yield { object, field, message: `is from "${owner}", which is no known source of images${there(IMAGE_SOURCES, owner)}` };
      }
      const [, name = '', tag = ''] = TAG.exec(image) ?? [];
      const id = `${target.app(object)} ${name}`;
      const other = versions.get(id);
      if (other !== undefined && other !== tag)
        yield { object, field, message: `is version ${tag} of ${name}, but another container of the app runs ${other}` };
      versions.set(id, tag);
    }
  },
};

function* imagesOf(target: TargetIndex): Iterable<{ readonly object: Manifest; readonly field: string; readonly image: string }> {
  for (const { workload, field, spec } of target.containers()) {
    if (typeof spec.image === 'string') yield { object: workload.object, field: `${field}/image`, image: spec.image };
  }
  for (const object of target.all('Cluster.postgresql.cnpg.io')) {
    if (typeof object.spec?.imageName === 'string') yield { object, field: '/spec/imageName', image: object.spec.imageName };
  }
}
