import { parse } from 'yaml';

import { eks } from '../../environments/platforms';
import { secretStore } from '../../security/secret-store';
import { find, synth } from '../../testing/manifests';
import { sample } from '../../testing/sample-target';
import { Tracing } from './tracing';
import type { TraceStorage } from './tracing-settings';

const volume: TraceStorage = { kind: 'volume', sizeGiB: 20 };
const elasticsearch: TraceStorage = { kind: 'elasticsearch', url: 'https://traces.example.com', network: '10.1.0.0/16' };

const synthesize = (storage: TraceStorage, keptPercent = 10) =>
  synth(
    (chart) =>
      new Tracing(chart, {
        namespace: 'test',
        settings: { keptPercent, retentionHours: 72, storage },
        images: { collector: 'example.com/collector:1', jaeger: 'example.com/jaeger:2' },
        store: secretStore(eks),
        placement: { pool: sample.region.systemPool, imagePullSecrets: [] },
      }),
  );

type Manifests = ReturnType<typeof synthesize>;
const configOf = (name: string, manifests: Manifests) => parse(find(manifests, 'ConfigMap', `${name}-config`).data['config.yaml']);

test('keeps what failed or was slow, and a share of everything else', () => {
  const { tail_sampling: sampling } = configOf('otel-collector', synthesize(volume, 1)).processors;

  expect(sampling.policies).toMatchObject([
    { type: 'status_code', status_code: { status_codes: ['ERROR'] } },
    { type: 'latency', latency: { threshold_ms: 10_000 } },
    { type: 'probabilistic', probabilistic: { sampling_percentage: 1 } },
  ]);
});

test('limits its memory first and takes out what users wrote before anything is kept', () => {
  const config = configOf('otel-collector', synthesize(volume));
  const [statement, withoutQuery] = config.processors['transform/contents'].trace_statements[0].statements;
  const contents = new RegExp(/"(.*)"/.exec(statement)?.[1]?.replaceAll('\\\\', '\\') ?? '');

  expect(withoutQuery).toBe('replace_pattern(span.attributes["http.url"], "\\\\?.*", "")');
  expect(config.service.pipelines.traces.processors).toEqual(['memory_limiter', 'transform/contents', 'tail_sampling', 'batch']);
  for (const name of ['gen_ai.prompt', 'gen_ai.input.messages', 'llm.prompts.0.content']) expect(name).toMatch(contents);
  for (const name of ['gen_ai.usage.prompt_tokens', 'gen_ai.latency.e2e', 'gen_ai.request.max_tokens']) expect(name).not.toMatch(contents);
});

test('takes spans on the port of OTLP and hands them to Jaeger, which shows them on its own', () => {
  const manifests = synthesize(volume);
  const ports = (name: string) => find(manifests, 'Service', name).spec.ports.map(({ port }: { port: number }) => port);

  expect(ports('otel-collector')).toEqual(expect.arrayContaining([4317, 4318]));
  expect(configOf('otel-collector', manifests).receivers.otlp.protocols.http).toEqual({ endpoint: '0.0.0.0:4318' });
  expect(ports('jaeger')).toEqual(expect.arrayContaining([4317, 16686]));
  expect(configOf('otel-collector', manifests).exporters['otlp/jaeger'].endpoint).toBe('jaeger.test.svc.cluster.local:4317');
  expect(find(manifests, 'NetworkPolicy', 'jaeger-from-otel-collector').spec.ingress[0].ports[0].port).toBe(4317);
});

test('keeps traces on a volume that outlives every sync, for as long as it is told', () => {
  const manifests = synthesize(volume);
  const { badger } = configOf('jaeger', manifests).extensions.jaeger_storage.backends.traces;

  expect(badger).toMatchObject({ ephemeral: false, ttl: { spans: '72h' }, directories: { keys: '/traces/keys' } });
  expect(find(manifests, 'PersistentVolumeClaim', 'jaeger-traces').spec.resources.requests.storage).toBe('20Gi');
  expect(find(manifests, 'PersistentVolumeClaim', 'jaeger-traces').metadata.annotations?.['argocd.argoproj.io/sync-options']).toContain(
    'Prune=false',
  );
  expect(find(manifests, 'Deployment', 'jaeger').spec.strategy).toEqual({ type: 'Recreate' });
});

test('keeps traces out of backups, as logs are', () => {
  expect(find(synthesize(volume), 'PersistentVolumeClaim', 'jaeger-traces').metadata.labels).toMatchObject({
    'velero.io/exclude-from-backup': 'true',
  });
});

test('keeps traces outside of the cluster with credentials of the store, and reaches that network alone', () => {
  const manifests = synthesize(elasticsearch);
  const { elasticsearch: storage } = configOf('jaeger', manifests).extensions.jaeger_storage.backends.traces;
  const [{ env }] = find(manifests, 'Deployment', 'jaeger').spec.template.spec.containers;

  expect(storage.server_urls).toEqual(['https://traces.example.com']);
  expect(storage.auth.basic.password).toMatch(/^\$\{env:STORAGE_PASSWORD\}$/);
  expect(env).toContainEqual({ name: 'STORAGE_PASSWORD', valueFrom: { secretKeyRef: { name: 'trace-storage', key: 'password' } } });
  expect(find(manifests, 'NetworkPolicy', 'jaeger-to-trace-storage').spec.egress).toEqual([
    { to: [{ ipBlock: { cidr: '10.1.0.0/16' } }], ports: [{ protocol: 'TCP', port: 443 }] },
  ]);
});

test('reaches a storage outside of the cluster on the port that its address says', () => {
  const [rule] = find(synthesize({ ...elasticsearch, url: 'https://traces.example.com:9200' }), 'NetworkPolicy', 'jaeger-to-trace-storage')
    .spec.egress;

  expect(rule.ports).toEqual([{ protocol: 'TCP', port: 9200 }]);
});
