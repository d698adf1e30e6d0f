import type { Manifest } from '../../kubernetes/manifest';
import { isRecord, record } from '../fields';
import type { Rule } from '../rule';

const RETENTION = /^\d+(?:ms|[smhdwy])$/;
const SIZE = /^\d+(?:B|KB|MB|GB|TB|KiB|MiB|GiB|TiB)$/;

export const prometheusReadsAll: Rule = {
  id: 'prometheus-reads-all',
  title: 'A Prometheus reads the monitors and rules of every namespace, and keeps what it reads for a time that it understands.',
  why: 'A selector that is not written selects nothing, and a namespace selector that is not written selects the namespace of Prometheus alone: the monitors of apps are ignored, and every gate and every alert stays without a value.',
  fix: 'Write empty selectors, {}: they select everything, and null selects nothing.',
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
  if (retention !== undefined && !RETENTION.test(String(retention)))
    yield ['retention', `is ${JSON.stringify(retention)}, not a duration such as 15d`];
  if (retentionSize !== undefined && !SIZE.test(String(retentionSize)))
    yield ['retentionSize', `is ${JSON.stringify(retentionSize)}, not a size such as 50GiB`];
}
