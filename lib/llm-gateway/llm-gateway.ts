import { Construct } from 'constructs';

import type { Endpoint } from '../kubernetes/endpoint';
import type { SecretKey } from '../kubernetes/secret-key';
import type { ServedModel } from '../models/served-model';
import { scrapeService } from '../observability/scrape';
import { type RequestTimeouts, requestTimeouts } from '../routing/request-timeouts';
import { allowInternet, connect } from '../security/connect';
import type { Placement } from '../workloads/placement';
import type { Scale } from '../workloads/scale';
import type { Size, SizeName } from '../workloads/sizes';
import { WebService } from '../workloads/web-service';
import { gatewayConfig } from './gateway-config';
import { METRICS_PORT, PORT, proxyContainer } from './gateway-container';
import type { HostedModel } from './hosted-model';

/** Properties for `LlmGateway`. */
export interface LlmGatewayProps {
  readonly namespace: string;
  readonly image: string;
  readonly size: SizeName | Size;
  readonly scale: Scale;
  readonly placement: Placement;

  /** Models of the target; none on the day a cluster is created. */
  readonly models: readonly ServedModel[];

  /**
   * Models of providers.
   *
   * @default - none: the proxy has no way to the internet
   */
  readonly hosted?: readonly HostedModel[];

  /** Environment variables that Secrets hold: `LITELLM_MASTER_KEY`, the keys of engines and providers, `DATABASE_URL` where there is one. */
  readonly secrets: Readonly<Record<string, SecretKey>>;

  /**
   * Where keys and what they spent are kept.
   *
   * @default - nowhere: the master key is the only one
   */
  readonly database?: { readonly endpoint: Endpoint; readonly connectionsPerPod: number };

  /**
   * Redis, in which pods count together.
   *
   * @default - nothing is counted
   */
  readonly cache?: { readonly endpoint: Endpoint; readonly password: SecretKey };

  /**
   * Path under which a gateway serves the console.
   *
   * @default - nobody does
   */
  readonly consolePath?: string;

  /**
   * Name of the Service, and its annotations for the timeouts of the requests.
   *
   * @default - the name of the Deployment, and no annotations
   */
  readonly service?: { readonly name: string; readonly annotations: (timeouts: RequestTimeouts) => Readonly<Record<string, string>> };
}

/** Longest answer, seconds, that a gateway without models waits for: only its own administration answers. */
const WITHOUT_MODELS = 60;

/** LiteLLM: one API in front of models, wherever they are served. */
export class LlmGateway extends Construct {
  /** Where clients inside the cluster call the OpenAI API. */
  public readonly endpoint: Endpoint & { readonly scope: Construct };

  /** What each hop of a request waits for, whichever model it asks. */
  public readonly timeouts: RequestTimeouts;

  constructor(scope: Construct, name: string, props: LlmGatewayProps) {
    super(scope, name);

    const { namespace, models, hosted = [], secrets, database, cache, service } = props;
    const timeouts = longest([...models, ...hosted]);
    this.timeouts = timeouts;

    const config = gatewayConfig({
      ...{ models, hosted, cache: cache?.endpoint, connectionsPerPod: database?.connectionsPerPod },
      requestTimeout: timeouts.litellm,
    });
    const proxy = new WebService(this, name, {
      namespace,
      container: proxyContainer({
        ...{ image: props.image, size: props.size, config, secrets },
        ...{ redisPassword: cache?.password, consolePath: props.consolePath },
      }),
      ports: { http: PORT, metrics: METRICS_PORT },
      // `/health` would ask every model for a completion.
      probes: { liveness: '/health/liveliness', readiness: '/health/readiness', startupSeconds: 300 },
      scale: props.scale,
      longestRequestSeconds: timeouts.litellm,
      placement: props.placement,
      ...(service === undefined ? {} : { service: { name: service.name, annotations: service.annotations(timeouts) } }),
    });
    this.endpoint = proxy.endpoint;

    if (database !== undefined) connect(proxy.endpoint, database.endpoint);
    if (cache !== undefined) connect(proxy.endpoint, cache.endpoint);
    for (const endpoint of new Map(models.map((model) => [model.endpoint.name, model.endpoint])).values()) {
      connect(proxy.endpoint, endpoint);
    }
    // Providers have names and no addresses to rely on, and a policy knows addresses only: the proxy alone is let out, to HTTPS.
    if (hosted.length > 0) allowInternet(proxy.endpoint);
    scrapeService(proxy.metrics, { port: 'metrics' });
  }
}

/** The timeouts of the model that may take longest: every request passes the same gateway. */
function longest(models: readonly { readonly timeouts: RequestTimeouts }[]): RequestTimeouts {
  const all = models.map(({ timeouts }) => timeouts);
  return all.reduce((most, timeouts) => (timeouts.engine > most.engine ? timeouts : most), all[0] ?? requestTimeouts(WITHOUT_MODELS));
}
