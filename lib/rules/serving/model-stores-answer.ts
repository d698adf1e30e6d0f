import type { Manifest } from '../../kubernetes/manifest';
import { escaped, record, records } from '../fields';
import { there } from '../references/there';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';

/** Annotations by which KServe knows where the keys of a Secret fit. */
const ENDPOINT = 'serving.kserve.io/s3-endpoint';
const ENCRYPTED = 'serving.kserve.io/s3-usehttps';

const KEYS = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];
const ADDRESS = /^s3:\/\/([^/]+)\/(.+?)\/*$/;

/** The Service of a store of the cluster’s own. */
const STORE = 'minio';

export const modelStoresAnswer: Rule = {
  id: 'model-stores-answer',
  title:
    'A store of models inside the cluster is named and opened by a Secret of the models’ account, and holds what they are fetched from.',
  why: 'KServe takes address and keys from the Secrets of the account alone. Without them it asks Amazon, over TLS, and the model waits for a bucket that nobody has.',
  fix: 'Take Secret and account from lib/ml, where the store, its address and its first model are written together.',
  *check(target) {
    const judged = new Set<Manifest>();
    for (const object of target.all('InferenceService.serving.kserve.io')) {
      const { namespace = '' } = object.metadata;
      const { model, serviceAccountName } = record(record(object.spec).predictor);
      const [, bucket = '', folder = ''] = ADDRESS.exec(String(record(model).storageUri)) ?? [];
      const store = target.find('Service', namespace, STORE);
      if (bucket === '' || store === undefined) continue;
      const account = target.find('ServiceAccount', namespace, String(serviceAccountName));
      if (account !== undefined && !judged.has(account)) {
        judged.add(account);
        yield* ofAccount(account, store, target);
      }
      const message = unfilled(object, `${bucket}/${folder}/`, target);
      if (message !== undefined) yield { object, field: '/spec/predictor/model/storageUri', message };
    }
  },
};

function* ofAccount(account: Manifest, store: Manifest, target: TargetIndex): Iterable<Problem> {
  const named = records(account['secrets']).map(({ name }) => String(name));
  if (named.length === 0) {
    yield {
      object: account,
      field: '/secrets',
      message: `is empty, and models are fetched by it from Service/${STORE}: KServe has no address and no keys`,
    };
    return;
  }
  for (const name of named) {
    const secret = target.secrets.get(`${account.metadata.namespace}/${name}`);
    if (secret === undefined || secret.by.kind !== 'ExternalSecret') continue; // secrets-resolve tells
    const { by: object, keys } = secret;
    const annotations = record(record(record(record(object.spec?.target).template).metadata).annotations);
    const at = (annotation: string): string => `/spec/target/template/metadata/annotations/${escaped(annotation)}`;
    if (annotations[ENDPOINT] === undefined)
      yield { object, field: at(ENDPOINT), message: 'is missing, and so KServe asks Amazon’s S3 for the models' };
    else if (annotations[ENCRYPTED] !== '0' && !speaksTls(store))
      yield { object, field: at(ENCRYPTED), message: `is ${annotations[ENCRYPTED] ?? 'missing'}, not "0": Service/${STORE} speaks no TLS` };
    const missing = keys === undefined ? undefined : KEYS.find((key) => !keys.has(key));
    if (missing !== undefined)
      yield { object, field: '/spec/target', message: `makes no ${missing}, by which KServe opens the store${there(keys ?? [])}` };
  }
}

const speaksTls = ({ spec }: Manifest): boolean => records(spec?.ports).some(({ name, port }) => name === 'https' || port === 443);

/** The place that a Job puts a model in is the one that it is fetched from. Others are put there by people. */
function unfilled({ metadata: { namespace, name: model } }: Manifest, place: string, target: TargetIndex): string | undefined {
  const filled: string[] = [];
  for (const { spec, workload } of target.containers()) {
    const env = records(spec.env);
    const value = (name: string): string | undefined => env.find((each) => each.name === name)?.value;
    if (workload.namespace !== namespace || value('BUCKET') === undefined || value('TARGET') === undefined) continue;
    const to = `${value('BUCKET')}/${value('TARGET')}`;
    if (to.includes(`/${model}/`)) filled.push(to);
  }
  if (filled.length === 0 || filled.some((each) => each.startsWith(place))) return undefined;
  return `is not where a Job puts the model${there(filled.map((each) => `s3://${each}`))}`;
}
