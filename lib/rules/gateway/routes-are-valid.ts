import type { Manifest } from '../../kubernetes/manifest';
import { durationSeconds } from '../durations';
import { type Data, record, records } from '../fields';
import { VIRTUAL_SERVICE } from '../istio';
import type { Problem, Rule } from '../rule';

const PATH_TYPES = ['Exact', 'PathPrefix', 'RegularExpression'];
const PLUGINS = 'konghq.com/plugins';

const EVERYTHING = '/';

/** Paths at which servers say how they are. */
const HEALTH = /\/(?:health|healthz|livez|readyz|ready|status)\/?$/;

export const routesAreValid: Rule = {
  id: 'routes-are-valid',
  title: 'Every route hangs on a gateway, names its hosts and paths, leads somewhere, and answers well where that is asked.',
  why: 'A route without a parent receives nothing, one without hosts takes the requests of other routes, and one without backends answers 500. A gateway that calls itself ill gets no requests.',
  fix: 'Define the route with PublicRoute of lib/routing/public-route.ts, which takes gateway, host, path and endpoint.',
  *check(target) {
    for (const object of target.all('HTTPRoute.gateway.networking.k8s.io')) {
      const plugins = String(object.metadata.annotations?.[PLUGINS] ?? '').split(',');
      const ends = plugins
        .map((name) => target.find('KongPlugin.configuration.konghq.com', object.metadata.namespace ?? '', name.trim()))
        .find((plugin) => plugin?.plugin === 'request-termination');
      for (const [at, message] of faults(record(object.spec), ends !== undefined)) yield { object, field: `/spec${at}`, message };
      if (ends !== undefined) yield* illness(object, ends);
    }
    for (const object of target.all(VIRTUAL_SERVICE)) {
      for (const [at, message] of ofIstio(record(object.spec))) yield { object, field: `/spec${at}`, message };
    }
    for (const object of target.all('Ingress.networking.k8s.io')) {
      for (const [i, { http }] of records(object.spec?.rules).entries()) {
        for (const [j, { path }] of records(http?.paths).entries()) {
          if (path === undefined || String(path).startsWith('/')) continue;
          yield { object, field: `/spec/rules/${i}/http/paths/${j}/path`, message: `is "${path}", which does not begin with a slash` };
        }
      }
    }
  },
};

/** Where load balancers and people ask whether a gateway is well, the answer of a plugin is all that they get. */
function* illness({ spec }: Manifest, plugin: Manifest): Iterable<Problem> {
  const paths = records(spec?.rules).flatMap(({ matches }) => records(matches).map(({ path }) => String(record(path).value)));
  const status = record(plugin['config']).status_code ?? 503;
  const asked = paths.find((path) => HEALTH.test(path));
  if (asked === undefined || (status >= 200 && status < 300)) return;
  const message = `is ${status}: whoever asks at ${asked} whether the gateway is well hears that it is not`;
  yield { object: plugin, field: '/config/status_code', message };
}

function* faults({ parentRefs, hostnames, rules }: Data, ends: boolean): Iterable<readonly [field: string, message: string]> {
  if (records(parentRefs).length === 0) yield ['/parentRefs', 'are missing, so that the route answers nobody'];
  const parents = records(parentRefs).map(({ namespace, name }) => `${namespace}/${name}`);
  for (const [i, { sectionName, port }] of records(parentRefs).entries()) {
    if (sectionName !== undefined || port !== undefined || parents.filter((each) => each === parents[i]).length === 1) continue;
    yield [`/parentRefs/${i}/sectionName`, 'is missing beside another parent of the same gateway: the API server refuses the route'];
  }
  if (!Array.isArray(hostnames) || hostnames.length === 0)
    yield ['/hostnames', 'are missing, so that the route takes every host of its listeners'];
  for (const [i, { matches, backendRefs, filters }] of records(rules).entries()) {
    const whole = records(filters).findIndex(({ urlRewrite }) => record(record(urlRewrite).path).type === 'ReplaceFullPath');
    if (whole >= 0 && !records(matches).every(({ path }) => record(path).type === 'Exact'))
      yield [
        `/rules/${i}/filters/${whole}/urlRewrite/path`,
        'leads every path below the prefix to one and the same: replace the prefix alone',
      ];
    const redirects = records(filters).some(({ type }) => type === 'RequestRedirect');
    if (records(backendRefs).length === 0 && !redirects && !ends)
      yield [`/rules/${i}/backendRefs`, 'are missing, so that the route answers 500'];
    if (records(backendRefs).length > 0 && records(backendRefs).every(({ weight }) => weight === 0))
      yield [`/rules/${i}/backendRefs`, 'all have the weight 0, so that the route answers 500'];
    for (const [j, { port, kind = 'Service' }] of records(backendRefs).entries()) {
      if (kind === 'Service' && port === undefined) yield [`/rules/${i}/backendRefs/${j}/port`, 'is missing'];
    }
    for (const [j, { path }] of records(matches).entries()) {
      if (path === undefined) continue;
      const { type = 'PathPrefix', value = EVERYTHING } = record(path);
      const at = `/rules/${i}/matches/${j}/path`;
      if (!PATH_TYPES.includes(type)) yield [`${at}/type`, `is "${type}", not one of ${PATH_TYPES.join(', ')}`];
      if (type !== 'RegularExpression' && !String(value).startsWith('/'))
        yield [`${at}/value`, `is "${value}", which does not begin with a slash`];
    }
  }
}

function* ofIstio({ hosts, http }: Data): Iterable<readonly [field: string, message: string]> {
  if (!Array.isArray(hosts) || hosts.length === 0) yield ['/hosts', 'are missing, so that the route answers nobody'];
  if (records(http).length === 0) yield ['/http', 'is missing, so that the route leads nowhere'];
  for (const [i, { match, route, redirect, directResponse, timeout, retries }] of records(http).entries()) {
    const at = `/http/${i}`;
    for (const [j, { uri }] of records(match).entries()) {
      for (const way of ['exact', 'prefix'] as const) {
        const path = record(uri)[way];
        if (path !== undefined && !String(path).startsWith('/'))
          yield [`${at}/match/${j}/uri/${way}`, `is "${path}", which does not begin with a slash`];
      }
    }
    if (redirect !== undefined || directResponse !== undefined) continue;
    if (records(route).length === 0) yield [`${at}/route`, 'is missing, so that the route answers 404'];
    if (Number.isNaN(durationSeconds(timeout)))
      yield [`${at}/timeout`, `is ${JSON.stringify(timeout) ?? 'missing'}, no duration: a model that hangs keeps its clients for ever`];
    if (record(retries).attempts === undefined)
      yield [`${at}/retries/attempts`, "is missing: Istio's own are two, of answers of the server too"];
  }
}
