import { imagesOf } from '../images';
import type { Rule } from '../rule';

/** Registry with a dot, a port or `localhost`, then a path, a tag, and perhaps a digest. */
const REFERENCE = /^(?<registry>[^/]+)\/(?<path>[a-z0-9/._-]+?)(?::(?<tag>[\w][\w.-]*))?(?:@(?<digest>.*))?$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** Tags that registries move to newer images. */
const FLOATING = /^(?:latest|stable|edge|nightly|canary|head|dev|develop|main|master|release)(?:-|$)|-(?:latest|nightly)$/i;

export const imagesPinned: Rule = {
  id: 'images-pinned',
  title: 'Every image names its registry and a tag that does not move, the same image always with the same digest.',
  why: 'A tag that moves runs other code on each node and cannot be rolled back; a short name lets the node choose the registry.',
  fix: 'Pin tag and digest in releases/<environment>.yaml and take the image from there.',
  *check(target) {
    const digests = new Map<string, string>();
    for (const { object, field, image } of imagesOf(target)) {
      const { tag, digest = '', message } = read(image);
      if (message !== undefined) yield { object, field, message: `is "${String(image)}" ${message}` };
      if (tag === undefined) continue;

      const tagged = String(image).split('@')[0] ?? '';
      const other = digests.get(tagged);
      if (other !== undefined && other !== digest) {
        yield {
          object,
          field,
          message: `is "${String(image)}", but another container of the target has the same image with ${other === '' ? 'no digest' : other}`,
        };
      }
      digests.set(tagged, digest);
    }
  },
};

function read(image: unknown): { readonly tag?: string; readonly digest?: string; readonly message?: string } {
  const { registry = '', tag, digest } = REFERENCE.exec(String(image))?.groups ?? {};
  if (!/[.:]|^localhost$/.test(registry)) return { message: 'without its registry, such as docker.io/' };
  if (tag === undefined) return { message: 'without a tag' };
  if (FLOATING.test(tag)) return { message: 'with a tag that is moved to new versions' };
  if (digest !== undefined && !DIGEST.test(digest)) return { message: 'with a digest that is not sha256 and 64 hexadecimal digits' };
  return digest === undefined ? { tag } : { tag, digest };
}
