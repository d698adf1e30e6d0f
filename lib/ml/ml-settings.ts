import type { RedisSettings } from '../data/redis-settings';
import type { RuntimeName } from './model-runtimes';

/**
 * What an environment decides about predictive models: how KServe runs them, and what leads to them. Only Knative divides requests between
 * two versions of a model, so a share for the canary can be written there alone; only Kong counts requests, so a limit only with Kong.
 */
export type MlSettings = StandardMlSettings | IstioMlSettings | KnativeMlSettings;

/** Models as Deployments, scaled by what their pods use: nothing but KServe itself is needed. */
export interface StandardMlSettings extends CommonMlSettings, CountedByKong {
  readonly mode: 'Standard';

  /**
   * What leads to models.
   *
   * @default 'kong'
   */
  readonly exposure?: 'kong';
  readonly models: readonly StandardModel[];
}

/** The same, published by Istio's gateway on hosts of their own: the target has a mesh, and `edge.appHosts.ml`. */
export interface IstioMlSettings extends CommonMlSettings {
  readonly mode: 'Standard';
  readonly exposure: 'istio-gateway';
  readonly clients: TokenSettings;
  readonly models: readonly StandardModel[];
}

/** Who lets clients in: an identity provider whose public keys Istio fetches, so that nothing here is secret. */
export interface TokenSettings {
  /** What tokens name as their issuer (`iss`). */
  readonly issuer: string;

  /** What tokens name as whom they are for (`aud`): those for other services of the issuer do not pass. */
  readonly audience: string;

  /** Where the issuer publishes its keys, as a JSON Web Key Set. */
  readonly jwksUri: `https://${string}`;
}

/** Models as Services of Knative, scaled by requests, with canaries. */
export interface KnativeMlSettings extends CommonMlSettings, CountedByKong {
  readonly mode: 'Knative';

  /**
   * What models are called at Knative's gateway: by the name that KServe gives them, or each by a domain of its own that is mapped to it.
   * Kong is before that gateway either way, for it asks nobody for a token.
   *
   * @default 'kong'
   */
  readonly exposure?: 'kong' | 'knative-domain';
  readonly models: readonly KnativeModel[];
}

/** What Kong does beside leading to models. */
export interface CountedByKong {
  /** Requests per minute before the gateway answers 429; clients whose tokens one issuer signed count together. */
  readonly requestsPerMinute: number;

  /** Where the gateway counts them. */
  readonly cache: RedisSettings;
}

/** What all share. */
export interface CommonMlSettings {
  /** Servers that models may ask for. */
  readonly runtimes: readonly RuntimeName[];

  readonly storage: ModelStorageSettings;

  /** The longest that a prediction may take, seconds. */
  readonly longestAnswerSeconds: number;
}

/** Where models are kept: in the region's bucket, or in a MinIO of the cluster's own, with a sample to begin with. */
export type ModelStorageSettings = { readonly kind: 'bucket' } | { readonly kind: 'minio'; readonly sizeGiB: number };

/** Names that no model may have: KServe would make a Service of that name, and the app has one. */
export const RESERVED_NAMES: readonly string[] = ['minio', 'ml-redis'];

/** A model that KServe serves. */
export interface Model {
  /** Its name in URLs and of all its objects. */
  readonly name: string;

  readonly runtime: RuntimeName;

  /** Folder of this version, below the model's own in the storage. */
  readonly version: string;

  /** Processors of a replica. */
  readonly cpus: number;

  /** Memory of a replica, GiB. */
  readonly memoryGiB: number;

  /**
   * Accelerators of a replica.
   *
   * @default 0
   */
  readonly gpus?: number;

  /** Seconds that 95 % of the answers keep to, or somebody is told. */
  readonly answersWithin: number;

  /**
   * Path under which the model is published.
   *
   * @default - the path that its runtime serves it under
   */
  readonly path?: `/${string}`;
}

/** A model as a Deployment. */
export interface StandardModel extends Model {
  readonly replicas: { readonly min: number; readonly max: number };

  /** When replicas are added: percent of the requested processors or memory. */
  readonly scale: { readonly metric: 'cpu' | 'memory'; readonly target: number };
}

/** A model as a Service of Knative. */
export interface KnativeModel extends Model {
  /** With none at the quietest hour, the first request waits until the model is loaded. */
  readonly replicas: { readonly min: number; readonly max: number };

  /** When replicas are added: requests of a replica at a time, or in a second. */
  readonly scale: { readonly metric: 'concurrency' | 'rps'; readonly target: number };

  /**
   * Share of the requests that this version gets, percent; the one before has the rest.
   *
   * @default - all, once it is ready
   */
  readonly canaryTrafficPercent?: number;
}
