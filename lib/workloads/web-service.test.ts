import type { Manifest } from '../kubernetes/manifest';
import type { NodePool } from '../regions/region';
import { find, synth } from '../testing/manifests';
import { WebService, type WebServiceProps } from './web-service';

const pool: NodePool = { instanceType: 'c5.4xlarge', minNodes: 1, maxNodes: 1, cpus: 16, memoryGiB: 32, labels: {}, taints: [] };
const required: WebServiceProps = {
  namespace: 'test',
  container: { image: 'example.com/web:v1', env: {}, scratch: {}, user: 1000, size: 'low' },
  ports: { http: 8080 },
  probes: { liveness: '/live', readiness: '/ready', startupSeconds: 60 },
  scale: { kind: 'fixed', replicas: 1 },
  longestRequestSeconds: 30,
  placement: { pool, imagePullSecrets: [] },
};

const synthesize = (change: Partial<WebServiceProps> = {}): readonly Manifest[] =>
  synth((chart) => new WebService(chart, 'web', { ...required, ...change }));

const deploymentOf = (change: Partial<WebServiceProps> = {}) => find(synthesize(change), 'Deployment', 'web').spec;
const podOf = (change: Partial<WebServiceProps> = {}) => deploymentOf(change).template.spec;
const kinds = (manifests: readonly Manifest[]) => manifests.map(({ kind }) => kind);

test('runs a fixed number of replicas without an autoscaler', () => {
  const manifests = synthesize({ scale: { kind: 'fixed', replicas: 2 } });

  expect(find(manifests, 'Deployment', 'web').spec.replicas).toBe(2);
  expect(kinds(manifests)).not.toContain('HorizontalPodAutoscaler');
});

test('leaves the number of replicas to the autoscaler where there is one', () => {
  const manifests = synthesize({ scale: { kind: 'auto', min: 3, max: 10 } });

  expect(find(manifests, 'Deployment', 'web').spec).not.toHaveProperty('replicas');
  expect(find(manifests, 'HorizontalPodAutoscaler', 'web').spec).toMatchObject({
    scaleTargetRef: { kind: 'Deployment', name: 'web' },
    minReplicas: 3,
    maxReplicas: 10,
    metrics: [{ resource: { name: 'cpu', target: { averageUtilization: 80 } } }],
  });
});

test('adds replicas at the utilization that the service asks for, by its memory too', () => {
  const { metrics } = find(
    synthesize({ scale: { kind: 'auto', min: 3, max: 10 }, scaleAt: { cpu: 70, memory: 85 } }),
    'HorizontalPodAutoscaler',
    'web',
  ).spec;

  expect(metrics).toEqual([
    { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } },
    { type: 'Resource', resource: { name: 'memory', target: { type: 'Utilization', averageUtilization: 85 } } },
  ]);
});

test('takes a size class, or figures of its own', () => {
  const own = { requests: { cpu: '250m', memory: '300Mi' }, limits: { cpu: '1', memory: '600Mi' } };

  expect(podOf().containers[0].resources.requests).toEqual({ cpu: '100m', memory: '512Mi' });
  expect(podOf({ container: { ...required.container, size: own } }).containers[0].resources).toEqual(own);
});

test('adds replicas by the minute, and drops a few of them after five quiet ones', () => {
  const { behavior } = find(synthesize({ scale: { kind: 'auto', min: 3, max: 10 } }), 'HorizontalPodAutoscaler', 'web').spec;

  expect(behavior).toEqual({
    scaleUp: {
      ...{ stabilizationWindowSeconds: 60, selectPolicy: 'Max' },
      policies: [
        { type: 'Percent', value: 50, periodSeconds: 60 },
        { type: 'Pods', value: 2, periodSeconds: 60 },
      ],
    },
    scaleDown: { stabilizationWindowSeconds: 300, policies: [{ type: 'Percent', value: 10, periodSeconds: 60 }] },
  });
});

test('lets one of several pods be away, and the node of a single one be drained', () => {
  const several = synthesize({ scale: { kind: 'auto', min: 3, max: 10 } });

  expect(find(several, 'PodDisruptionBudget', 'web').spec).toEqual({
    maxUnavailable: 1,
    selector: { matchLabels: { 'slipway.dev/workload': 'web' } },
  });
  expect(kinds(synthesize())).not.toContain('PodDisruptionBudget');
});

test('replaces no pod before its successor is ready', () => {
  expect(deploymentOf().strategy.rollingUpdate).toEqual({ maxSurge: 1, maxUnavailable: 0 });
});

test('finishes its longest request before it is killed', () => {
  const { terminationGracePeriodSeconds, containers } = podOf({ longestRequestSeconds: 600 });
  const [, settle] = containers[0].lifecycle.preStop.exec.command;

  expect(terminationGracePeriodSeconds).toBeGreaterThan(600 + Number(settle));
});

test('is given its time to start, and patience when it is busy', () => {
  const [{ startupProbe, livenessProbe, readinessProbe }] = podOf({ probes: { ...required.probes, startupSeconds: 300 } }).containers;

  expect(startupProbe.periodSeconds * startupProbe.failureThreshold).toBe(300);
  expect(livenessProbe).toMatchObject({ httpGet: { path: '/live', port: 'http' }, timeoutSeconds: 10, failureThreshold: 6 });
  expect(readinessProbe.httpGet.path).toBe('/ready');
});

test('is asked when the service says, and as patiently', () => {
  const timing = { liveness: { initialDelaySeconds: 30, periodSeconds: 10 }, readiness: { periodSeconds: 5 } };
  const [{ livenessProbe, readinessProbe }] = podOf({ probes: { ...required.probes, timing } }).containers;

  expect(livenessProbe).toMatchObject({ initialDelaySeconds: 30, periodSeconds: 10, timeoutSeconds: 10, failureThreshold: 12 });
  expect(readinessProbe).toMatchObject({ periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 6 });
});

test('waits for a rollout longer than a pod may take to start', () => {
  expect(deploymentOf({ probes: { ...required.probes, startupSeconds: 900 } }).progressDeadlineSeconds).toBeGreaterThan(900);
});

test('takes values from the environment and from Secrets', () => {
  const env = { MODE: 'production', KEY: { secret: 'web-secrets', key: 'api-key' } };

  expect(podOf({ container: { ...required.container, env } }).containers[0].env).toEqual([
    { name: 'MODE', value: 'production' },
    { name: 'KEY', valueFrom: { secretKeyRef: { name: 'web-secrets', key: 'api-key' } } },
  ]);
});

test('writes to its scratch folders and nowhere else', () => {
  const { containers, volumes, securityContext } = podOf({ container: { ...required.container, scratch: { '/var/cache': '1Gi' } } });

  expect(containers[0].securityContext.readOnlyRootFilesystem).toBe(true);
  expect(containers[0].volumeMounts).toEqual([{ name: 'var-cache', mountPath: '/var/cache' }]);
  expect(volumes).toEqual([{ name: 'var-cache', emptyDir: { sizeLimit: '1Gi' } }]);
  expect(securityContext).toMatchObject({ runAsUser: 1000, runAsNonRoot: true });
});

test('shares a folder among all of its pods, and replaces them one by one', () => {
  const container = { ...required.container, shared: { '/var/lib/web': { name: 'files', accessMode: 'ReadWriteMany' as const } } };
  const { strategy, template } = deploymentOf({ container, scale: { kind: 'fixed', replicas: 3 } });

  expect(template.spec.containers[0].volumeMounts).toEqual([{ name: 'var-lib-web', mountPath: '/var/lib/web' }]);
  expect(template.spec.volumes).toEqual([{ name: 'var-lib-web', persistentVolumeClaim: { claimName: 'files' } }]);
  expect(strategy.rollingUpdate).toEqual({ maxSurge: 1, maxUnavailable: 0 });
});

test('stops its pod before the next one where only one can mount the folder', () => {
  const container = { ...required.container, shared: { '/var/lib/web': { name: 'files', accessMode: 'ReadWriteOnce' as const } } };

  expect(deploymentOf({ container }).strategy).toEqual({ type: 'Recreate' });
});

test('refuses several replicas where only one can mount the folder', () => {
  const container = { ...required.container, shared: { '/var/lib/web': { name: 'files', accessMode: 'ReadWriteOnce' as const } } };

  expect(() => synthesize({ container, scale: { kind: 'auto', min: 1, max: 3 } })).toThrow(
    'Cannot run "3" replicas of web as one pod at a time mounts "files": run one, or on a platform whose shared storage is ReadWriteMany',
  );
});

test('listens on a low port without being root, and asks for nothing where it does not', () => {
  expect(podOf({ ports: { http: 80 } }).securityContext).toMatchObject({
    runAsUser: 1000,
    sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '80' }],
  });
  expect(podOf().securityContext).not.toHaveProperty('sysctls');
});

test('mounts its configuration, and replaces its pods when that changes', () => {
  const configured = (content: string) => ({
    container: { ...required.container, configuration: { mountPath: '/etc/web', files: { 'web.yaml': content } } },
  });
  const annotations = (content: string) => deploymentOf(configured(content)).template.metadata.annotations;

  expect(find(synthesize(configured('a: 1')), 'ConfigMap', 'web-config').data).toEqual({ 'web.yaml': 'a: 1' });
  expect(podOf(configured('a: 1')).containers[0].volumeMounts).toEqual([{ name: 'config', mountPath: '/etc/web', readOnly: true }]);
  expect(annotations('a: 1')).not.toEqual(annotations('a: 2'));
});

test('prefers its pool of nodes, and tolerates what keeps others off', () => {
  const labels = { 'node-type': 'cpu' };
  const taints = [{ key: 'dedicated', value: 'web', effect: 'NoSchedule' as const }];
  const { affinity, tolerations } = podOf({ placement: { pool: { ...pool, labels, taints }, imagePullSecrets: [] } });

  expect(affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].preference.matchExpressions).toEqual([
    { key: 'node-type', operator: 'In', values: ['cpu'] },
  ]);
  expect(tolerations).toEqual([{ key: 'dedicated', operator: 'Equal', value: 'web', effect: 'NoSchedule' }]);
  expect(podOf()).not.toHaveProperty('affinity');
});

test('pulls with the secrets of its registries', () => {
  const manifests = synthesize({ placement: { pool, imagePullSecrets: ['registry'] } });

  expect(find(manifests, 'ServiceAccount', 'web')).toMatchObject({
    automountServiceAccountToken: false,
    imagePullSecrets: [{ name: 'registry' }],
  });
});

test('answers under the name of its Service, and keeps metrics to a port of their own', () => {
  synth((chart) => {
    const { endpoint, metrics } = new WebService(chart, 'web', {
      ...required,
      ports: { http: 8080, metrics: 9090 },
      service: { name: 'web-service', annotations: { note: 'kept' } },
    });

    expect(endpoint).toMatchObject({ host: 'web-service.test.svc.cluster.local', port: 8080, podPort: 8080 });
    expect(metrics.podPort).toBe(9090);
    expect(find(chart.synthesize().manifests, 'Service', 'web-service')).toMatchObject({
      metadata: { annotations: { note: 'kept' } },
      spec: {
        selector: { 'app.kubernetes.io/name': 'web' },
        ports: [
          { name: 'http', port: 8080, targetPort: 'http' },
          { name: 'metrics', port: 9090, targetPort: 'metrics' },
        ],
      },
    });
  });
});

test('answers on another port of its Service where clients expect one', () => {
  const manifests = synthesize({ service: { port: 80 } });

  expect(find(manifests, 'Service', 'web').spec.ports).toEqual([{ name: 'http', port: 80, targetPort: 'http' }]);
});

test('reads files that may change while it runs, from one folder for several ConfigMaps', () => {
  const { containers, volumes } = podOf({ container: { ...required.container, folders: { '/etc/pages': ['a', 'b'] } } });

  expect(containers[0].volumeMounts).toContainEqual({ name: 'etc-pages', mountPath: '/etc/pages', readOnly: true });
  expect(volumes).toContainEqual({
    name: 'etc-pages',
    projected: { sources: [{ configMap: { name: 'a' } }, { configMap: { name: 'b' } }] },
  });
});
