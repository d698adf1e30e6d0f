import { escaped, follow, path, record } from '../fields';
import type { Rule } from '../rule';
import { there } from './there';

const ANNOTATION = 'konghq.com/plugins';
const KONG_PLUGIN = 'KongPlugin.configuration.konghq.com';
const CLUSTER_PLUGIN = 'KongClusterPlugin.configuration.konghq.com';

/** Metadata from which Flagger makes that of its Services and routes. */
const CANARY_SERVICES = ['apex', 'primary', 'canary'].map((role) => path(`/spec/service/${role}/annotations`));
const OWN = path('/metadata/annotations');
const EXTENSIONS = path('/spec/rules/*/filters/*/extensionRef');

export const pluginsResolve: Rule = {
  id: 'plugins-resolve',
  title: 'Every Kong plugin that is attached exists in the namespace that attaches it.',
  why: "Kong's controller leaves out a plugin that it cannot find, and authentication or rate limits with it, or it rejects the route.",
  fix: 'Correct the name, or define the KongPlugin in the namespace of the route, or a KongClusterPlugin for all namespaces.',
  *check(target) {
    const attached = (namespace: string, name: string): boolean =>
      target.exists(KONG_PLUGIN, namespace, name) || target.exists(CLUSTER_PLUGIN, '', name);
    const others = (namespace: string, wanted: string): string =>
      there(
        [...target.all(KONG_PLUGIN).filter(({ metadata }) => metadata.namespace === namespace), ...target.all(CLUSTER_PLUGIN)].map(
          ({ metadata }) => metadata.name,
        ),
        wanted,
      );

    for (const object of target.objects) {
      const namespace = object.metadata.namespace ?? '';
      const released = object.kind === 'Canary' ? CANARY_SERVICES.flatMap((path) => follow(object, path)) : [];
      for (const { field, value } of [...follow(object, OWN), ...released]) {
        const text = record(value)[ANNOTATION];
        if (typeof text !== 'string') continue;
        for (const name of text.split(',').map((each) => each.trim())) {
          if (attached(namespace, name)) continue;
          const message = `names KongPlugin "${name}", which does not exist in ${namespace}${others(namespace, name)}`;
          yield { object, field: `${field}/${escaped(ANNOTATION)}`, message };
        }
      }
    }
    for (const object of target.all('HTTPRoute.gateway.networking.k8s.io')) {
      for (const { field, value } of follow(object, EXTENSIONS)) {
        const namespace = object.metadata.namespace ?? '';
        if (value.kind !== 'KongPlugin' || attached(namespace, value.name)) continue;
        yield {
          object,
          field,
          message: `names KongPlugin "${value.name}", which does not exist in ${namespace}${others(namespace, value.name)}`,
        };
      }
    }
  },
};
