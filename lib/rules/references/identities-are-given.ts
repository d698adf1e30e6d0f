import type { Manifest } from '../../kubernetes/manifest';
import type { Cloud } from '../../regions/region';
import { type Data, escaped, record, records } from '../fields';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';

/** By which annotation of an account a cloud knows who asks. Google’s can also know the account itself. */
const IDENTITY: Readonly<Partial<Record<Cloud['kind'], string>>> = {
  aws: 'eks.amazonaws.com/role-arn',
  azure: 'azure.workload.identity/client-id',
};

/** Pods that Azure gives the token of their identity. */
const ASKS = 'azure.workload.identity/use';

const MODEL = 'InferenceService.serving.kserve.io';
const DATABASE = 'Cluster.postgresql.cnpg.io';

/** Addresses of the buckets of each cloud. */
const BUCKETS: Readonly<Partial<Record<Cloud['kind'], RegExp>>> = { aws: /^s3:\/\//, azure: /^https:\/\/[^/]*\.blob\.core\./ };

/** Variables by which a program is told which keys to show, or which store outside of the cloud to ask. */
const KEYS = /^AWS_(?:ACCESS_KEY_ID|SHARED_CREDENTIALS_FILE|PROFILE|ENDPOINT_URL\w*|WEB_IDENTITY_TOKEN_FILE)$/;

/** An account under which something of the cloud is asked. */
interface Asked {
  readonly namespace: string;
  readonly account: string;

  /** Who asks, and for what. */
  readonly by: string;
}

export const identitiesAreGiven: Rule = {
  id: 'identities-are-given',
  title: 'Whoever asks a store or a bucket of the cloud has an identity there.',
  why: 'Without one the pod asks as the node that it happens to be on, or as nobody: the cloud answers "access denied", the Secret, the model or the archive never comes, and nothing in the cluster is wrong.',
  fix: 'Take account and labels from lib/security/workload-identity.ts, or name the Secret with the keys of a store outside of the cloud.',
  *check(target) {
    const kind = target.facts?.region.cloud.kind;
    const annotation = kind === undefined ? undefined : IDENTITY[kind];
    if (kind === undefined || annotation === undefined) return;
    const judged = new Set<Manifest>();
    for (const { namespace, account, by } of asked(kind, target)) {
      const object = target.find('ServiceAccount', namespace, account);
      if (object === undefined || judged.has(object)) continue; // accounts-resolve tells
      judged.add(object);
      if (object.metadata.annotations?.[annotation] !== undefined) continue;
      yield { object, field: `/metadata/annotations/${escaped(annotation)}`, message: `is missing, and ${by}` };
    }
    yield* ofDatabases(annotation, target);
    if (kind === 'azure') yield* unasked(annotation, target);
  },
};

function* asked(kind: Cloud['kind'], target: TargetIndex): Iterable<Asked> {
  for (const { spec, metadata } of target.all('ClusterSecretStore.external-secrets.io')) {
    const { aws, azurekv } = record(record(spec).provider);
    const { namespace, name } = record(kind === 'aws' ? aws?.auth?.jwt?.serviceAccountRef : azurekv?.serviceAccountRef);
    if (name === undefined) continue;
    yield { namespace: String(namespace), account: String(name), by: `ClusterSecretStore/${metadata.name} reads secrets by it` };
  }
  for (const { spec, metadata } of target.all(MODEL)) {
    const { serviceAccountName: account, model } = record(record(spec).predictor);
    const { namespace = '', name } = metadata;
    if (!BUCKETS[kind]?.test(String(record(model).storageUri))) continue;
    // KServe takes the keys of a store from the Secrets of the account.
    if (records(target.find('ServiceAccount', namespace, String(account))?.['secrets']).length > 0) continue;
    yield { namespace, account: String(account), by: `InferenceService/${name} is fetched from a bucket by it` };
  }
  if (kind !== 'aws') return;
  for (const { spec, workload } of target.containers()) {
    const env = records(spec.env);
    if (!env.some(({ name, value }) => String(name).endsWith('BUCKET') && typeof value === 'string')) continue;
    if (records(spec.envFrom).length > 0 || env.some(({ name }) => KEYS.test(String(name)))) continue;
    const { kind: ofKind, metadata } = workload.object;
    const by = `container ${spec.name} of ${ofKind}/${metadata.name} asks for a bucket by it`;
    yield { namespace: workload.namespace, account: String(workload.pod.serviceAccountName ?? 'default'), by };
  }
}

/** CloudNativePG makes the accounts of its instances, and archives under them. */
function* ofDatabases(annotation: string, target: TargetIndex): Iterable<Problem> {
  for (const object of target.all(DATABASE)) {
    const { backup, serviceAccountTemplate, inheritedMetadata } = record(object.spec);
    const { s3Credentials, azureCredentials }: Data = record(record(backup).barmanObjectStore);
    const inherits =
      record(s3Credentials).inheritFromIAMRole === true ||
      record(azureCredentials).inheritFromAzureAD === true ||
      record(azureCredentials).useDefaultAzureCredentials === true;
    if (!inherits) continue;
    const { annotations } = record(record(serviceAccountTemplate).metadata);
    if (record(annotations)[annotation] === undefined) {
      const field = `/spec/serviceAccountTemplate/metadata/annotations/${escaped(annotation)}`;
      yield { object, field, message: 'is missing, and the archive is written by it: no backup would be' };
    } else if (azureCredentials !== undefined && record(record(inheritedMetadata).labels)[ASKS] !== 'true') {
      const field = `/spec/inheritedMetadata/labels/${escaped(ASKS)}`;
      yield { object, field, message: 'is not "true": Azure gives the instances no token, and nothing is archived' };
    }
  }
}

/** Azure looks at the label of the pod, then at its account. */
function* unasked(annotation: string, target: TargetIndex): Iterable<Problem> {
  const isKnown = (namespace: string, account: unknown): boolean =>
    target.find('ServiceAccount', namespace, String(account))?.metadata.annotations?.[annotation] !== undefined;
  const message = 'is not "true", though the account of the pods has an identity: Azure gives them no token of it';
  for (const { object, namespace, labels, pod, field } of target.workloads) {
    if (labels[ASKS] === 'true' || !isKnown(namespace, pod.serviceAccountName)) continue;
    yield { object, field: `${field.replace(/spec$/, 'metadata')}/labels/${escaped(ASKS)}`, message };
  }
  for (const object of target.all(MODEL)) {
    const { labels, serviceAccountName } = record(record(object.spec).predictor);
    if (record(labels)[ASKS] === 'true' || !isKnown(object.metadata.namespace ?? '', serviceAccountName)) continue;
    yield { object, field: `/spec/predictor/labels/${escaped(ASKS)}`, message };
  }
}
