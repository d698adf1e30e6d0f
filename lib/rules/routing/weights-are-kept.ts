import type { Manifest } from '../../kubernetes/manifest';
import { type Data, escaped, record, records } from '../fields';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import { attachedBy, pluginsOf } from './plugins';

const PLUGINS = 'konghq.com/plugins';

/** Plugins that choose the upstream themselves, or answer in its place. */
const BYPASSING = new Set(
  `ai-proxy ai-proxy-advanced ai-semantic-cache ai-mcp-proxy forward-proxy route-by-header canary aws-lambda azure-functions mocking
  request-termination exit-transformer proxy-cache proxy-cache-advanced`.split(/\s+/),
);

/** Plugins that send requests to a model, past every gateway behind them. */
const CALLING_MODELS = /^ai-(?:proxy|semantic|mcp)/;

export const weightsAreKept: Rule = {
  id: 'weights-are-kept',
  title: 'No Kong plugin chooses an upstream or an answer of its own on a route that is weighted.',
  why: 'Such a plugin answers or chooses an upstream before Kong chooses between primary and canary: ai-proxy calls its upstream_url whatever the weights are.',
  fix: 'Attach the plugin to a route that is not weighted, or remove it: LiteLLM translates between protocols already.',
  *check(target) {
    if (target.releases.length === 0) return;
    const plugins = pluginsOf(target);
    for (const { canary: object, namespace } of target.releases) {
      for (const role of ['apex', 'primary', 'canary']) {
        const annotations = record(record(record(object.spec?.service)[role]).annotations);
        yield* attached(object, `/spec/service/${role}/annotations`, annotations, namespace, plugins, BYPASSING);
      }
    }
    for (const object of target.all('HTTPRoute.gateway.networking.k8s.io')) {
      const weighted = records(object.spec?.rules).some(({ backendRefs }) => records(backendRefs).length > 1);
      const wrong = weighted ? BYPASSING : new Set([...BYPASSING].filter((name) => CALLING_MODELS.test(name)));
      yield* attached(
        object,
        '/metadata/annotations',
        record(object.metadata.annotations),
        object.metadata.namespace ?? '',
        plugins,
        wrong,
      );
    }
    yield* global(target);
  },
};

function* attached(
  object: Manifest,
  field: string,
  annotations: Data,
  namespace: string,
  plugins: ReadonlyMap<string, Manifest>,
  wrong: ReadonlySet<string>,
): Iterable<Problem> {
  for (const name of attachedBy(annotations)) {
    const plugin = (plugins.get(`${namespace}/${name}`) ?? plugins.get(`/${name}`))?.plugin;
    if (plugin === undefined || !wrong.has(plugin)) continue;
    yield {
      object,
      field: `${field}/${escaped(PLUGINS)}`,
      message: `attaches "${name}" (${plugin}), which goes past the weights of the release`,
    };
  }
}

/** A global plugin runs on every route of its class. */
function* global(target: TargetIndex): Iterable<Problem> {
  const classes = new Set<unknown>();
  for (const { canary, namespace } of target.releases) {
    for (const { namespace: where = namespace, name } of records(record(canary.spec).service?.gatewayRefs)) {
      classes.add(target.find('Gateway.gateway.networking.k8s.io', where, name)?.spec?.gatewayClassName);
    }
  }
  for (const object of target.all('KongClusterPlugin.configuration.konghq.com')) {
    const { labels, annotations } = object.metadata;
    if (labels?.global !== 'true' || !BYPASSING.has(object.plugin) || !classes.has(annotations?.['kubernetes.io/ingress.class'])) continue;
    yield { object, field: '/plugin', message: `is ${object.plugin}, which goes past the weights of every release of its gateway` };
  }
}
