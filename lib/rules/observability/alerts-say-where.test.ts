import { problems } from '../testing/problems';

const HERE = { environment: 'test', region: 'nowhere' };
const found = (externalLabels: object, title = 'In {{ .CommonLabels.environment }}/{{ .CommonLabels.region }}') =>
  problems('alerts-say-where', ({ add, region }) => {
    region.name = 'nowhere';
    const meta = (name: string) => ({ metadata: { name, namespace: 'monitoring' } });
    add(
      { apiVersion: 'monitoring.coreos.com/v1', kind: 'Prometheus', ...meta('prometheus'), spec: { externalLabels } },
      {
        ...{ apiVersion: 'monitoring.coreos.com/v1alpha1', kind: 'AlertmanagerConfig', ...meta('routing') },
        spec: { receivers: [{ name: 'page', slackConfigs: [{ title }] }] },
      },
    );
  });

test('accepts the labels of the target, others beside them, and none where no message names them', () => {
  expect(found(HERE)).toEqual([]);
  expect(found({ ...HERE, team: 'platform' })).toEqual([]);
  expect(found({}, '{{ .CommonLabels.alertname }}')).toEqual([]);
});

test('fails for labels of another region or environment', () => {
  expect(found({ ...HERE, region: 'elsewhere' })).toEqual([
    'Prometheus/prometheus: /spec/externalLabels/region is "elsewhere", and this is nowhere',
  ]);
  expect(found({ ...HERE, environment: 'prod' })).toEqual([
    'Prometheus/prometheus: /spec/externalLabels/environment is "prod", and this is test',
  ]);
});

test('fails for a message with a label that is not added', () => {
  expect(found({ environment: 'test' })).toEqual([
    'AlertmanagerConfig/routing: /spec/receivers/0/slackConfigs/0/title names the label "region", which no Prometheus adds: it stays empty',
  ]);
});
