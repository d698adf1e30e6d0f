import type { Release } from '../canary';
import { durationSeconds } from '../durations';
import { record, records } from '../fields';
import type { Rule } from '../rule';

/** Durations of the Gateway API: whole numbers, at most four units. */
const GATEWAY_DURATION = /^(?:\d{1,5}(?:h|m|s|ms)){1,4}$/;

export const releaseServiceFits: Rule = {
  id: 'release-service-fits',
  title: 'The Services and the route that Flagger makes have one port and a timeout that the API server accepts.',
  why: 'Flagger writes these fields into the Services and the route that it makes; if the API server refuses one, the release never starts.',
  fix: 'Write port, portName and both timeouts, as AnalysedRelease of lib/delivery/analysed-release.ts does; leave portDiscovery off, which publishes every port of the pods.',
  *check(target) {
    for (const release of target.releases) {
      for (const [field, message] of faults(release)) yield { object: release.canary, field: `/spec/service${field}`, message };
    }
  },
};

function* faults({ canary, provider, workload }: Release): Iterable<readonly [field: string, message: string]> {
  const { port, portName, portDiscovery, timeout, backendTimeout, retries } = record(canary.spec?.service);
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    yield ['/port', `is ${JSON.stringify(port) ?? 'missing'}, not a port from 1 to 65535`];
  if (portDiscovery === true) {
    yield ['/portDiscovery', 'is true: whatever a container listens on would be published'];
    const discovered = (workload?.containers ?? [])
      .flatMap(({ spec }) => records(spec.ports))
      .find(({ name }) => name === (portName ?? 'http'));
    if (discovered !== undefined)
      yield ['/portName', `is "${portName ?? 'http'}", as that of the discovered port ${discovered.containerPort}`];
  }
  for (const [name, value] of Object.entries({ timeout, backendTimeout })) {
    if (value === undefined || (typeof value === 'string' && GATEWAY_DURATION.test(value))) continue;
    yield [`/${name}`, `is ${JSON.stringify(value)}, not a duration such as "610s"`];
  }
  if (provider.startsWith('gatewayapi') && backendTimeout === undefined) {
    yield ['/backendTimeout', "is missing: Kong's own is 60 seconds, which cuts long answers off"];
  }
  if (provider.startsWith('gatewayapi') && timeout === undefined)
    yield ['/timeout', 'is missing: nothing says how long a request may take, and what drains does not know how long to wait'];
  if (provider.startsWith('gatewayapi') && retries !== undefined)
    yield ['/retries', 'is written, and Kong does not carry it out: retries are an annotation of the Services'];
  if (durationSeconds(backendTimeout) > durationSeconds(timeout)) {
    yield ['/backendTimeout', `is ${backendTimeout}, longer than the ${timeout} of the whole request`];
  }
}
