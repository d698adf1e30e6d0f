import type { Manifest } from '../../kubernetes/manifest';
import { jsonOf } from '../../kubernetes/shared-objects';
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

/** What an object takes, about: most of what is written is ASCII. */
const sizeOf = (object: Manifest): number => jsonOf(object).length;
