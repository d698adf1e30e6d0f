import { IMAGE_SOURCES } from '../../kubernetes/image-sources';
import { writtenImages } from '../images';
import { there } from '../references/there';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';

/** Beside them nobody's registry, which examples and tests name. */
const SOURCES = [...IMAGE_SOURCES, 'registry.example.com/'];

const ECR = /^(\d{12})\.dkr\.ecr\./;

/** Name of an image, and the first two numbers of its version. */
const RELEASE = /^([^@]+):v?(\d+\.\d+)/;

const TAG = /^(.+?)(?::([^@/]+))?(?:@.*)?$/;

export const imagesFromKnownSources: Rule = {
  id: 'images-from-known-sources',
  title: 'Every image comes from a registry and an owner that somebody agreed on, and an app runs one version of it.',
  why: 'An image from an unknown registry runs with all rights of the pod, and a misspelt name finds one easily. A migration of another version than its server leaves a schema that the server cannot read, and a page of one release asks the server of another for what it does not have.',
  fix: 'Correct the image in lib/releases/images.ts or its pin in releases/<environment>.yaml; a registry or an owner that is new is added to lib/kubernetes/image-sources.ts.',
  *check(target) {
    yield* ofOtherAccounts(target);
    yield* ofUnequalHalves(target);
    const versions = new Map<string, string>();
    for (const { object, field, image } of writtenImages(target)) {
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

/** Accounts of ECR: one that stands alone in its target was copied from another environment. */
function* ofOtherAccounts(target: TargetIndex): Iterable<Problem> {
  const { cloud } = target.facts?.region ?? {};
  const ofAccounts = [...writtenImages(target)].flatMap((each) => ({ ...each, account: ECR.exec(each.image)?.[1] }));
  const accounts = new Set(ofAccounts.flatMap(({ account }) => account ?? []));
  if (cloud?.kind !== 'aws' || accounts.size < 2) return;
  for (const { object, field, image, account } of ofAccounts) {
    if (account === undefined || account === cloud.accountId) continue;
    const message = `is "${image}", of account ${account}, while the other images come from ${cloud.accountId}, the account of the region`;
    yield { object, field, message };
  }
}

/** A frontend that is not of the release of its backend. Builds of their own may differ in the last number. */
function* ofUnequalHalves(target: TargetIndex): Iterable<Problem> {
  const releases = new Map<string, string>();
  for (const { image } of writtenImages(target)) {
    const [, name = '', release] = RELEASE.exec(image) ?? [];
    if (name.includes('backend') && release !== undefined) releases.set(name, release);
  }
  for (const { object, field, image } of writtenImages(target)) {
    const [, name = '', release] = RELEASE.exec(image) ?? [];
    const other = name.includes('frontend') ? releases.get(name.replace('frontend', 'backend')) : undefined;
    if (other === undefined || release === undefined || other === release) continue;
    yield { object, field, message: `is "${image}", a frontend of release ${release}, but its backend is ${other}` };
  }
}
