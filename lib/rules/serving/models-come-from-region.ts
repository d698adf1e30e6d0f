import type { Cloud } from '../../regions/region';
import { record, records } from '../fields';
import type { Rule } from '../rule';
import type { TargetIndex } from '../target-index';

/** Addresses of object stores, and whose they are. */
const STORES: readonly (readonly [address: RegExp, of: Cloud['kind']])[] = [
  [/^s3:\/\//, 'aws'],
  [/^gs:\/\//, 'gcp'],
  [/^https:\/\/[^/]*\.(?:blob|file)\.core\.windows\.net\//, 'azure'],
];

/** The name of a bucket in its address. */
const BUCKET = /^(?:s3|gs):\/\/([^/]+)\//;

/** How a program is told which bucket holds models. */
const VARIABLE = /(?:^|_)MODELS?_BUCKET$/;

export const modelsComeFromRegion: Rule = {
  id: 'models-come-from-region',
  title: 'Models are fetched from the bucket of their own region, at an address of its cloud.',
  why: 'A model that crosses regions takes minutes more at every start and is paid for by the gigabyte, and the identity of one cloud opens no bucket of another: the pod waits, and the release with it.',
  fix: 'Take the bucket from modelBucket of the region in lib/environments/regions.ts.',
  *check(target) {
    const { region } = target.facts ?? {};
    if (region === undefined) return;
    for (const object of target.all('InferenceService.serving.kserve.io')) {
      const { storageUri: uri } = record(record(record(object.spec).predictor).model);
      if (typeof uri !== 'string') continue;
      const message = hasOwnStore(object.metadata.namespace ?? '', target)
        ? undefined
        : (elsewhere(uri, region.cloud.kind, region.name) ?? other(BUCKET.exec(uri)?.[1], region.modelBucket, uri));
      if (message !== undefined) yield { object, field: '/spec/predictor/model/storageUri', message };
    }
    for (const { spec, field, workload } of target.containers()) {
      for (const [i, { name, value }] of records(spec.env).entries()) {
        if (!VARIABLE.test(String(name)) || typeof value !== 'string' || hasOwnStore(workload.namespace, target)) continue;
        const message = other(value, region.modelBucket, value);
        if (message !== undefined) yield { object: workload.object, field: `${field}/env/${i}/value`, message };
      }
    }
  },
};

/** A MinIO of the cluster's own has buckets of its own, and the addresses of S3. */
const hasOwnStore = (namespace: string, target: TargetIndex): boolean => target.exists('Service', namespace, 'minio');

function elsewhere(uri: string, kind: Cloud['kind'], region: string): string | undefined {
  const [, of] = STORES.find(([address]) => address.test(uri)) ?? [];
  return of === undefined || of === kind || kind === 'none' ? undefined : `is ${uri}, an address of ${of}, and ${region} is on ${kind}`;
}

const other = (bucket: string | undefined, ofRegion: string | undefined, written: string): string | undefined =>
  bucket === undefined || ofRegion === undefined || bucket === ofRegion
    ? undefined
    : `is ${written}, not in ${ofRegion}, the bucket of the region`;
