import { Construct } from 'constructs';

import { AuthorizationPolicySpecAction as Action, AuthorizationPolicy, RequestAuthentication } from '../../imports/security.istio.io';
import { fromAddon } from '../kubernetes/sync-options';
import { beforeWorkloads } from '../kubernetes/sync-wave';
import { type IstioGatewayHandle, ingressPorts } from './istio-gateway';

/** Properties for `IstioTokens`. */
export interface IstioTokensProps {
  readonly gateway: IstioGatewayHandle;

  /** What tokens name as their issuer (`iss`). */
  readonly issuer: string;

  /** What tokens name as whom they are for (`aud`). */
  readonly audience: string;

  /** Where the issuer publishes its keys. The control plane fetches them; until it has, no token is good. */
  readonly jwksUri: string;
}

/**
 * Lets in through Istio's gateway who brings a token of an issuer: signed by it, for this audience, not expired. Istio's half that checks
 * tokens lets requests without any pass, so a second one denies whoever was not recognized by the first.
 */
export class IstioTokens extends Construct {
  constructor(scope: Construct, name: string, { gateway, issuer, audience, jwksUri }: IstioTokensProps) {
    super(scope, name);

    const { namespace, proxies } = gateway;
    const metadata = { name, namespace, annotations: { ...beforeWorkloads, ...fromAddon } };
    const selector = { matchLabels: { ...proxies.pods } };

    new RequestAuthentication(this, 'tokens', {
      metadata,
      spec: {
        selector,
        // From the header alone: by itself Istio reads a token from the query as well, which logs keep.
        jwtRules: [{ issuer, audiences: [audience], jwksUri, fromHeaders: [{ name: 'Authorization', prefix: 'Bearer ' }] }],
      },
    });
    new AuthorizationPolicy(this, 'clients', {
      metadata,
      spec: {
        selector,
        action: Action.DENY,
        rules: [
          {
            from: [{ source: { notRequestPrincipals: [`${issuer}/*`] } }],
            // Plain requests are sent to HTTPS, whoever they come from: nothing else answers there.
            to: [{ operation: { notPorts: [`${ingressPorts.http}`] } }],
          },
        ],
      },
    });
  }
}
