import { Construct } from 'constructs';

import { KongPlugin } from '../../imports/configuration.konghq.com';
import { HttpRoute, HttpRouteSpecRulesMatchesPathType } from '../../imports/gateway.networking.k8s.io';
import { fromAddon } from '../kubernetes/sync-options';
import { routes } from '../kubernetes/sync-wave';
import { type GatewayHandle, parentsOf } from '../routing/gateway';
import { httpsOnly } from '../routing/https-only';
import { CA_CERTIFICATE, internalCa } from '../routing/internal-ca';
import { DeliveredSecret } from '../security/delivered-secret';

const NAME = 'ca-download';

/** What browsers know as a certificate of an authority: Firefox offers to trust it, others save the file. */
const CONTENT_TYPE = 'application/x-x509-ca-cert';

/**
 * The certificate of the cluster's own CA, at `/ca.crt` on every host of the gateway, answered by the gateway itself. It is asked for by
 * clients that cannot know yet whether to trust the answer, so people compare its fingerprint over another channel.
 */
export class CaDownload extends Construct {
  constructor(scope: Construct, gateway: GatewayHandle) {
    super(scope, NAME);

    // A copy, as Kong's controller pastes the value into a JSON patch: it must be JSON. Later than other Secrets, since it is made of one
    // that cert-manager writes for the certificate of this app.
    const body = new DeliveredSecret(this, NAME, {
      store: internalCa,
      values: { certificate: CA_CERTIFICATE },
      compose: { 'ca.json': '{{ .certificate | toJson }}' },
      wave: routes,
    }).key('ca.json');

    new KongPlugin(this, 'answer', {
      metadata: { name: NAME, annotations: { ...routes, ...fromAddon } },
      plugin: 'request-termination',
      config: { status_code: 200, content_type: CONTENT_TYPE },
      configPatches: [{ path: '/body', valueFrom: { secretKeyRef: { name: body.secret, key: body.key } } }],
    });

    new HttpRoute(this, 'route', {
      metadata: { name: NAME, annotations: { ...routes, ...fromAddon, ...httpsOnly, 'konghq.com/plugins': NAME } },
      spec: {
        parentRefs: parentsOf(gateway),
        hostnames: [...gateway.hosts],
        rules: [{ matches: [{ path: { type: HttpRouteSpecRulesMatchesPathType.EXACT, value: `/${CA_CERTIFICATE}` } }] }],
      },
    });
  }
}
