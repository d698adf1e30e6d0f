import * as z from 'zod/mini';

import { IMAGE_SOURCES } from '../kubernetes/image-sources';
import { ownNamespaces } from '../kubernetes/namespaces';
import { placeName, type Shape } from './texts';
import { choice, cpus, map, memoryGiB, oneOf, several, text, whole } from './vocabulary';

const quota = map({
  cpus: cpus(0.1, 1_000_000),
  memoryGiB: memoryGiB(0.1, 10_000_000),
  pods: whole(1, 100_000),
  gpus: z.optional(whole(0, 100_000)),
});

const consequence = choice('deny', 'audit');

/** Names of images that somebody signs: of a source that we run images of. Another glob would match none of them, or all. */
const images: Shape = {
  matches: (glob) => IMAGE_SOURCES.some((source) => glob.startsWith(source)),
  mistake:
    'no image of ours is called so: begin it with one of the sources in lib/kubernetes/image-sources.ts, such as "ghcr.io/codelab/*"',
};

const issuer: Shape = {
  matches: (text) => /^https:\/\/[a-z0-9.-]+(?:\/\S*)?$/.test(text),
  mistake: 'it is no address of an issuer: write it like "https://token.actions.githubusercontent.com"',
};

/** Whoever matches may sign: without both ends, or without a host and a path, strangers do. */
const subject: Shape = {
  matches: (text) => /^\^https:\/\/[^/]+\/.+\$$/.test(text) && isPattern(text),
  mistake: 'it is no pattern of one workflow: write it from "^https://" to "$", with the host and the repository',
};

const kms: Shape = {
  matches: (text) => /^(?:awskms|azurekms|gcpkms):\/\/[^\s/]*\/\S+$/.test(text),
  mistake: 'it is no key that a cloud keeps: write it like "azurekms://vault.vault.azure.net/key"',
};

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) !== undefined;
  } catch {
    return false;
  }
}

const admission = map({
  baseline: consequence,
  signatures: several(
    map({
      name: text(placeName),
      images: text(images),
      signedBy: oneOf('kind', [
        map({ kind: z.literal('identity'), issuer: text(issuer), subject: text(subject) }),
        map({ kind: z.literal('key'), kms: text(kms) }),
      ]),
      unsigned: consequence,
    }),
    'policy',
    ({ name }) => name,
  ),
});

export const foundation = map({
  quotas: map(Object.fromEntries(ownNamespaces.map((name) => [name, z.optional(quota)]))),
  packGpus: z.optional(z.boolean()),
  admission: z.optional(admission),
});
