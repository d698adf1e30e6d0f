import { problems } from '../testing/problems';
import type { Draft } from '../testing/sample-target';

const everything = Object.fromEntries(
  ['podMonitor', 'serviceMonitor', 'rule'].flatMap((kind) => [
    [`${kind}Selector`, {}],
    [`${kind}NamespaceSelector`, {}],
  ]),
);
const prometheus = (spec: Draft) =>
  problems('prometheus-reads-all', ({ add }) =>
    add({
      ...{ apiVersion: 'monitoring.coreos.com/v1', kind: 'Prometheus', metadata: { name: 'prometheus', namespace: 'monitoring' } },
      spec: { ...everything, retention: '15d', retentionSize: '50GiB', ...spec },
    }),
  );

const volume = (storage: string) => ({ volumeClaimTemplate: { spec: { resources: { requests: { storage } } } } });

test('accepts blocks that leave a tenth of the volume', () => {
  expect(prometheus({ retentionSize: '90GiB', storage: volume('100Gi') })).toEqual([]);
  expect(prometheus({ retentionSize: '92160MiB', storage: volume('100Gi') })).toEqual([]);
});

test('accepts one that reads everything', () => {
  expect(prometheus({})).toEqual([]);
});

test.each<[Draft, string]>([
  [{ podMonitorSelector: undefined }, 'podMonitorSelector is missing: no podMonitor is read'],
  [{ ruleNamespaceSelector: undefined }, 'ruleNamespaceSelector is missing: no rule of another namespace is read'],
  [{ retention: '15 days' }, 'retention is "15 days", not a duration such as 15d'],
  [{ retention: '15m' }, 'retention is 15m, less than the day that alerts look back'],
  [{ retentionSize: '50Gi' }, 'retentionSize is "50Gi", not a size such as 50GiB'],
  [
    { retentionSize: '91GiB', storage: volume('100Gi') },
    'retentionSize is 91GiB, more than nine tenths of its volume of 100Gi: its log fills the rest, and it ends',
  ],
  [
    { retentionSize: '1TB', storage: volume('1000Gi') },
    'retentionSize is 1TB, more than nine tenths of its volume of 1000Gi: its log fills the rest, and it ends',
  ],
])('fails for %j', (spec, message) => {
  expect(prometheus(spec)).toEqual([`Prometheus/prometheus: /spec/${message}`]);
});
