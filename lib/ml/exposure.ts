import type { Construct } from 'constructs';

import type { Endpoint, Peer } from '../kubernetes/endpoint';
import type { ModelMetrics } from '../observability/model-metrics';
import type { RoutePath } from '../routing/public-route';
import type { Model } from './ml-settings';
import { runtimeOf } from './model-runtimes';

/** What leads to models, and asks whoever comes for a token. */
export interface Exposure {
  /** Hosts that models are published on. */
  readonly hosts: readonly string[];

  /** What calls models. */
  readonly proxies: Peer & { readonly scope: Construct };

  /** Annotations of a model's Service that the gateway reads. */
  readonly upstream: Readonly<Record<string, string>>;

  /** What the gateway tells of requests. */
  readonly metrics: ModelMetrics;

  /** Publishes a model that answers at an endpoint. */
  readonly publish: (routes: Construct, model: Model, endpoint: Endpoint) => void;
}

/** A prediction changes nothing: one more pod may be asked for it where the first is just going. */
export const RETRIES = 1;

/** Where a model is published: a path of the environment's own stands for the one of the runtime. */
export function pathOf({ name, runtime, path }: Model): RoutePath {
  const route = runtimeOf(runtime).route(name);
  return path === undefined ? route : { prefix: path, replaceWith: route.replaceWith ?? route.prefix };
}
