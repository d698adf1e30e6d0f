import type { Manifest } from '../../kubernetes/manifest';
import { record } from '../fields';
import type { Rule } from '../rule';

/** What Argo CD reads of a folder at most: `reposerver.max.combined.directory.manifests.size`. */
const APP_BYTES = 10 * 1024 * 1024;

/** What etcd takes for an object, `--max-request-bytes`. */
const OBJECT_BYTES = 1.5 * 1024 * 1024;

export const appsFitArgocd: Rule = {
  id: 'apps-fit-argocd',
  title: 'No object is larger than etcd takes, and no app larger than Argo CD reads.',
  why: 'Argo CD refuses a folder of more than 10 MiB, and the API server refuses an object of more than 1.5 MiB.',
  fix: 'Keep what is large in an image or on a volume, or divide the app.',
  *check(target) {
    const apps = new Map<string, { bytes: number; largest: Manifest; most: number }>();
    for (const object of target.objects) {
      const bytes = sizeOf(object);
      if (bytes > OBJECT_BYTES) yield { object, field: '', message: `has ${mebibytes(bytes)}, more than the 1.5 MiB of etcd` };
      const name = target.app(object);
      const app = apps.get(name);
      if (app === undefined) apps.set(name, { bytes, largest: object, most: bytes });
      else {
        app.bytes += bytes;
        if (bytes > app.most) Object.assign(app, { largest: object, most: bytes });
      }
    }
    for (const [name, { bytes, largest, most }] of apps) {
      if (bytes <= APP_BYTES) continue;
      yield {
        object: largest,
        field: '',
        message: `has ${mebibytes(most)} of the ${mebibytes(bytes)} of ${name}, more than the 10 MiB that Argo CD reads`,
      };
    }
  },
};

const mebibytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;

/** What the rest of an object takes, about: no kind but those with data has long texts. */
const REST_BYTES = 2 * 1024;

/** About what an object takes: its data and annotations are what may be long. */
function sizeOf({ metadata, data, binaryData }: Manifest): number {
  return REST_BYTES + lengthOf(metadata.annotations) + lengthOf(data) + lengthOf(binaryData);
}

function lengthOf(texts: unknown): number {
  let length = 0;
  for (const [key, text] of Object.entries(record(texts))) length += key.length + (typeof text === 'string' ? text.length : 0);
  return length;
}
