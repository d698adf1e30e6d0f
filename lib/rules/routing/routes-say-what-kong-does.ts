import type { Manifest } from '../../kubernetes/manifest';
import { durationSeconds } from '../durations';
import { type Data, escaped, record, records } from '../fields';
import type { Rule } from '../rule';

const FILTERS = new Set(['RequestHeaderModifier', 'ResponseHeaderModifier', 'RequestRedirect', 'URLRewrite', 'ExtensionRef']);

const TIMEOUTS = ['konghq.com/read-timeout', 'konghq.com/write-timeout', 'konghq.com/connect-timeout'];

const REDIRECT = 'konghq.com/https-redirect-status-code';

/** Answers to plain HTTP that keep a request as it is, and those that do not; 426 only says that it was wrong. */
const KEEPS = ['307', '308', '426'];
const LOSES = ['301', '302'];

type Fault = readonly [field: string, message: string];

export const routesSayWhatKongDoes: Rule = {
  id: 'routes-say-what-kong-does',
  title: "A route asks for nothing that Kong's controller does not carry out, and says how long its backend may take.",
  why: "Kong's controller ignores timeouts other than backendRequest, refuses a route with a filter that it does not know, and cuts answers off after 60 seconds where no timeout is written.",
  fix: 'Write timeouts.backendRequest, the same in every rule, as PublicRoute of lib/routing/public-route.ts does; leave out mirroring, CORS and filters of single backends.',
  alone: true,
  *check(target) {
    for (const object of target.all('HTTPRoute.gateway.networking.k8s.io')) {
      for (const [field, message] of faults(object)) yield { object, field, message };
      if (object.metadata.annotations?.['konghq.com/strip-path'] === 'true') {
        const message = 'is "true": backends would get every path without the part that it was matched by';
        yield { object, field: '/metadata/annotations/konghq.com~1strip-path', message };
      }
      const status = object.metadata.annotations?.[REDIRECT];
      if (status === undefined || KEEPS.includes(status)) continue;
      const fault = LOSES.includes(status)
        ? 'after which clients repeat a POST as a GET, without its body'
        : `not one of ${KEEPS.join(', ')}`;
      yield { object, field: `/metadata/annotations/${escaped(REDIRECT)}`, message: `is ${status}, ${fault}` };
    }
    for (const object of target.all('Service')) {
      const given = TIMEOUTS.filter((name) => object.metadata.annotations?.[name] !== undefined);
      const missing = TIMEOUTS.find((name) => !given.includes(name));
      if (given.length === 0 || missing === undefined) continue;
      const message = `is missing beside ${given[0]}: that of the route would hold, which may be another or Kong's own of 60 seconds`;
      yield { object, field: `/metadata/annotations/${escaped(missing)}`, message };
    }
  },
};

function* faults({ spec }: Manifest): Iterable<Fault> {
  let common: string | undefined;
  for (const [i, rule] of records(spec?.rules).entries()) {
    const field = `/spec/rules/${i}`;
    const backends = records(rule.backendRefs);
    const { request, backendRequest } = record(rule.timeouts);
    if (request !== undefined)
      yield [`${field}/timeouts/request`, `is ${JSON.stringify(request)}, which Kong does not read: it knows backendRequest alone`];
    if (backends.length > 0) {
      if (backendRequest === undefined) {
        yield [`${field}/timeouts/backendRequest`, "is missing: Kong's own is 60 seconds, which cuts long answers off"];
      } else if (Number.isNaN(durationSeconds(backendRequest))) {
        yield [`${field}/timeouts/backendRequest`, `is ${JSON.stringify(backendRequest)}, not a duration such as "630s"`];
      } else if (common !== undefined && common !== backendRequest) {
        yield [`${field}/timeouts/backendRequest`, `is ${backendRequest}, but ${common} in another rule: Kong takes one for the route`];
      }
      common ??= backendRequest;
    }
    yield* filters(rule, field);
    for (const [j, backend] of backends.entries()) {
      if (records(backend.filters).length > 0) yield [`${field}/backendRefs/${j}/filters`, 'is set, which Kong refuses the route for'];
    }
    for (const [j, { queryParams }] of records(rule.matches).entries()) {
      if (records(queryParams).length > 0) yield [`${field}/matches/${j}/queryParams`, "is set, which Kong's router does not look at"];
    }
  }
}

function* filters(rule: Data, field: string): Iterable<Fault> {
  for (const [i, { type }] of records(rule.filters).entries()) {
    if (!FILTERS.has(type)) yield [`${field}/filters/${i}/type`, `is ${type}, which Kong refuses the route for`];
  }
}
