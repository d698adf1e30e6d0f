import type { Manifest } from '../../kubernetes/manifest';
import { records } from '../fields';
import { there } from '../references/there';
import type { Rule } from '../rule';
import type { TargetIndex } from '../target-index';

const GROUP = 'configuration.konghq.com';
const PLUGINS = 'konghq.com/plugins';
const CLASS = 'kubernetes.io/ingress.class';

/** Plugins that come with Kong's free edition. */
const KNOWN: ReadonlySet<unknown> = new Set(
  (
    'acl acme ai-prompt-decorator ai-prompt-guard ai-prompt-template ai-proxy ai-request-transformer ai-response-transformer aws-lambda ' +
    'azure-functions basic-auth bot-detection correlation-id cors datadog file-log grpc-gateway grpc-web hmac-auth http-log ip-restriction jwt ' +
    'key-auth ldap-auth loggly oauth2 opentelemetry post-function pre-function prometheus proxy-cache rate-limiting redirect ' +
    'request-size-limiting request-termination request-transformer response-ratelimiting response-transformer session standard-webhooks ' +
    'statsd syslog tcp-log udp-log zipkin'
  ).split(' '),
);

export const pluginsTakeEffect: Rule = {
  id: 'plugins-take-effect',
  title: 'Every Kong plugin is one that Kong has, is attached to something, and one for everybody is read by a gateway.',
  why: 'A plugin that nothing names does nothing, without any error: no rate limit, no authentication, no metrics. A KongClusterPlugin works for all routes only with the label global and the class of a gateway.',
  fix: 'Name the plugin in the annotation konghq.com/plugins of a route, or give a KongClusterPlugin the label global: "true" and the annotation kubernetes.io/ingress.class with the name of a GatewayClass.',
  *check(target) {
    const attached = attachments(target);
    const classes = target.all('GatewayClass.gateway.networking.k8s.io').map(({ metadata }) => metadata.name);
    for (const object of [...target.all(`KongPlugin.${GROUP}`), ...target.all(`KongClusterPlugin.${GROUP}`)]) {
      const { name, namespace = '', labels, annotations } = object.metadata;
      if (!KNOWN.has(object.plugin)) yield { object, field: '/plugin', message: `is "${object.plugin}", a plugin that Kong does not have` };
      const isGlobal = object.kind === 'KongClusterPlugin' && labels?.global === 'true';
      if (
        !isGlobal &&
        !attached.has(`${namespace}/${name}`) &&
        !(namespace === '' && [...attached].some((each) => each.endsWith(`/${name}`)))
      ) {
        yield { object, field: '/metadata/name', message: 'is the name of a plugin that no object attaches' };
      }
      const served = annotations?.[CLASS];
      if (isGlobal && classes.length > 0 && !classes.includes(served ?? '')) {
        const field = `/metadata/annotations/${CLASS.replace('/', '~1')}`;
        yield {
          object,
          field,
          message: `is ${served === undefined ? 'missing' : `"${served}"`}, not the class of a gateway${there(classes, served)}`,
        };
      }
    }
  },
};

/** Plugins that an annotation or a filter names, as `namespace/name`. */
function attachments(target: TargetIndex): ReadonlySet<string> {
  const found = new Set<string>();
  const add = ({ metadata }: Manifest, names: unknown): void => {
    for (const name of String(names ?? '').split(',')) found.add(`${metadata.namespace ?? ''}/${name.trim()}`);
  };
  for (const object of target.objects) {
    if (object.metadata.annotations?.[PLUGINS] !== undefined) add(object, object.metadata.annotations[PLUGINS]);
  }
  for (const object of target.all('Canary.flagger.app')) {
    for (const role of ['apex', 'primary', 'canary']) add(object, object.spec?.service?.[role]?.annotations?.[PLUGINS]);
  }
  for (const object of target.all('HTTPRoute.gateway.networking.k8s.io')) {
    for (const { filters } of records(object.spec?.rules)) for (const { extensionRef } of records(filters)) add(object, extensionRef?.name);
  }
  return found;
}
