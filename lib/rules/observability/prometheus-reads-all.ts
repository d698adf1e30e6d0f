import type { Manifest } from '../../kubernetes/manifest';
import { durationSeconds } from '../durations';
import { isRecord, record } from '../fields';
import { quantity } from '../quantity';
import type { Rule } from '../rule';

/** Seconds that alerts and dashboards look back. */
const LEAST_RETENTION = 86_400;

const RETENTION = /^\d+(?:ms|[smhdwy])$/;
const SIZE = /^(\d+)([KMGT]?)i?B$/;

/** Prometheus counts in powers of 1024, whatever its units are called. */
const UNITS = ['', 'K', 'M', 'G', 'T'];

/** Share of the volume that blocks may fill: beside them lie the log of the last hours and the block that is being written. */
const MOST_OF_VOLUME = 0.9;

export const prometheusReadsAll: Rule = {
  id: 'prometheus-reads-all',
  title: 'A Prometheus reads the monitors and rules of every namespace, and keeps what its volume holds.',
  why: 'A selector that is not written selects nothing, and a namespace selector that is not written selects the namespace of Prometheus alone: the monitors of apps are ignored, and every gate and every alert stays without a value. A full volume ends it.',
  fix: 'Write empty selectors, {}: they select everything, and null selects nothing. Leave a tenth of the volume, as lib/monitoring/prometheus-server.ts does.',
  alone: true,
  *check(target) {
    for (const object of target.all('Prometheus.monitoring.coreos.com')) {
      for (const [field, message] of faults(object)) yield { object, field: `/spec/${field}`, message };
    }
  },
};

function* faults({ spec }: Manifest): Iterable<readonly [field: string, message: string]> {
  for (const kind of ['podMonitor', 'serviceMonitor', 'rule']) {
    const [selector, namespaces] = [`${kind}Selector`, `${kind}NamespaceSelector`];
    if (!isRecord(record(spec)[selector])) yield [selector, `is missing: no ${kind} is read`];
    else if (!isRecord(record(spec)[namespaces])) yield [namespaces, `is missing: no ${kind} of another namespace is read`];
  }
  const { retention, retentionSize } = record(spec);
  if (durationSeconds(retention) < LEAST_RETENTION) yield ['retention', `is ${retention}, less than the day that alerts look back`];
  if (retention !== undefined && !RETENTION.test(String(retention)))
    yield ['retention', `is ${JSON.stringify(retention)}, not a duration such as 15d`];
  if (retentionSize !== undefined && !SIZE.test(String(retentionSize)))
    yield ['retentionSize', `is ${JSON.stringify(retentionSize)}, not a size such as 50GiB`];
  const [, figure, unit = ''] = SIZE.exec(String(retentionSize)) ?? [];
  const size = record(spec).storage?.volumeClaimTemplate?.spec?.resources?.requests?.storage;
  const kept = Number(figure) * 1024 ** UNITS.indexOf(unit);
  if (size !== undefined && kept > MOST_OF_VOLUME * quantity(size))
    yield ['retentionSize', `is ${retentionSize}, more than nine tenths of its volume of ${size}: its log fills the rest, and it ends`];
}
