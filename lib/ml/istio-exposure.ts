import type { Construct } from 'constructs';

import { istioMetrics } from '../observability/model-metrics';
import type { IstioGatewayHandle } from '../routing/istio-gateway';
import { IstioRoute } from '../routing/istio-route';
import { IstioTokens } from '../routing/istio-tokens';
import { serverTimeouts } from '../routing/request-timeouts';
import { type Exposure, pathOf, RETRIES } from './exposure';
import type { IstioMlSettings } from './ml-settings';

/** Properties for `exposeThroughIstio`. */
export interface IstioExposureProps {
  readonly settings: IstioMlSettings;
  readonly gateway: IstioGatewayHandle;
}

/** Istio's gateway before models: with tokens of one issuer, who publishes its keys. It counts no requests and measures none. */
export function exposeThroughIstio(scope: Construct, { settings, gateway }: IstioExposureProps): Exposure {
  const { clients, longestAnswerSeconds } = settings;
  const seconds = serverTimeouts(longestAnswerSeconds).publicGateway;

  new IstioTokens(scope, 'model-clients', { ...clients, gateway });

  return {
    ...gateway,
    metrics: istioMetrics,
    upstream: {},
    publish: (routes, model, endpoint) => {
      new IstioRoute(routes, model.name, { gateway, endpoint, path: pathOf(model), seconds, retries: RETRIES });
    },
  };
}
