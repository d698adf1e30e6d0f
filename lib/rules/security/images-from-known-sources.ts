import type { Manifest } from '../../kubernetes/manifest';
import { there } from '../references/there';
import type { Rule } from '../rule';
import type { TargetIndex } from '../target-index';

/** Registries and owners whose images run here. A new one is a decision, and this is where it is written down. */
const SOURCES: readonly string[] = [
  '111122223333.dkr.ecr.eu-west-1.amazonaws.com/gpt/',
  '444455556666.dkr.ecr.eu-west-1.amazonaws.com/gpt/',
  'docker.io/amazon/',
  'docker.io/kserve/',
  'docker.io/grafana/',
  'docker.io/jaegertracing/',
  'docker.io/library/',
  'docker.io/oliver006/',
  'docker.io/ollama/',
  'docker.io/otel/',
  'docker.io/percona/',
  'docker.io/tensorflow/',
  'docker.io/vllm/',
  'exxkiregistry.azurecr.io/',
  'ghcr.io/berriai/',
  'ghcr.io/cloudnative-pg/',
  'ghcr.io/codelab/',
  'ghcr.io/fluxcd/',
  'ghcr.io/open-webui/',
  'nvcr.io/nvidia/',
  'quay.io/',
  'registry.example.com/', // nobody's: what examples and tests name
  'registry.k8s.io/',
];

const TAG = /^(.+?)(?::([^@/]+))?(?:@.*)?$/;

export const imagesFromKnownSources: Rule = {
  id: 'images-from-known-sources',
  title: 'Every image comes from a registry and an owner that somebody agreed on, and an app runs one version of it.',
  why: 'An image of a stranger runs with the rights of ours, and a name is misspelt in a second; a migration of another version than its server leaves a schema that the server does not know.',
  fix: 'Take the image from releases/; a new registry or owner is added to lib/rules/security/images-from-known-sources.ts.',
  *check(target) {
    const versions = new Map<string, string>();
    for (const { object, field, image } of imagesOf(target)) {
      if (!SOURCES.some((source) => image.startsWith(source))) {
        const owner = image.slice(0, image.lastIndexOf('/') + 1);
        yield { object, field, message: `is of ${owner === '' ? 'no registry' : owner}, which nobody agreed on${there(SOURCES)}` };
      }
      const [, name = '', tag = ''] = TAG.exec(image) ?? [];
      const id = `${target.app(object)} ${name}`;
      const other = versions.get(id);
      if (other !== undefined && other !== tag)
        yield { object, field, message: `is version ${tag} of ${name}, of which the app also runs ${other}` };
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
