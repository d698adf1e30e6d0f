import { problems } from '../testing/problems';

const probed = (image: string, probe: string, httpGet: object) =>
  problems('probes-ask-what-answers', ({ get }) => {
    const [container] = get('Deployment/web').spec.template.spec.containers;
    container.image = image;
    container.livenessProbe = container.readinessProbe = undefined;
    container[probe] = { httpGet: { port: 'http', ...httpGet } };
  });
const CHAT = 'registry.example.com/open-webui-backend-kiva:v0.10.2@sha256:0123';
const AT = 'Deployment/web: /spec/template/spec/containers/0';

test('accepts paths that programs answer, and any of a program that it does not know', () => {
  expect(probed(CHAT, 'readinessProbe', { path: '/health/db' })).toEqual([]);
  expect(probed('ghcr.io/someone/web:1', 'livenessProbe', { path: '/anything' })).toEqual([]);
});

test('fails for a path that the program does not have', () => {
  expect(probed(CHAT, 'readinessProbe', { path: '/healthz' })).toEqual([
    `${AT}/readinessProbe/httpGet/path is "/healthz", a path that the program does not have: it answers /health, /health/db, /ready (container web)`,
  ]);
});

test('fails for a pod that is restarted for its database', () => {
  expect(probed(CHAT, 'livenessProbe', { path: '/health/db' })).toEqual([
    `${AT}/livenessProbe/httpGet/path is "/health/db", which fails when the database or another program is down: the pod would be restarted for that (container web)`,
  ]);
});

test('fails for a path without its slash, and for TLS on a port of HTTP', () => {
  expect(probed('ghcr.io/someone/web:1', 'startupProbe', { path: 'health', scheme: 'HTTPS' })).toEqual([
    `${AT}/startupProbe/httpGet/path is "health", which does not begin with a slash (container web)`,
    `${AT}/startupProbe/httpGet/scheme is HTTPS, but the port is called http (container web)`,
  ]);
});

test('fails for a pod that is ready as soon as it lives', () => {
  expect(probed('ghcr.io/someone/web:1', 'livenessProbe', { path: '/v2/health/live' })).toEqual([]);
  expect(probed('ghcr.io/someone/web:1', 'readinessProbe', { path: '/v2/health/live' })).toEqual([
    `${AT}/readinessProbe/httpGet/path is "/v2/health/live", which a program answers before it can serve: requests would come too early (container web)`,
  ]);
});

const runtime = (image: string, path: string, args: readonly string[] = [], port: number | string = 8080) =>
  problems('probes-ask-what-answers', ({ add }) =>
    add({
      ...{ apiVersion: 'serving.kserve.io/v1alpha1', kind: 'ServingRuntime', metadata: { name: 'server', namespace: 'app' } },
      spec: { containers: [{ name: 'kserve-container', image, args, readinessProbe: { httpGet: { path, port } } }] },
    }),
  );
const RUNTIME = 'ServingRuntime/server: /spec/containers/0/readinessProbe/httpGet';

test.each([
  ['docker.io/kserve/sklearnserver:v0.20.0', '/v1/models/{{.Name}}', ['--http_port=8080']],
  ['docker.io/tensorflow/serving:2.18.0', '/v1/models/{{.Name}}', ['--rest_api_port=8080', '--port=9000']],
  ['nvcr.io/nvidia/tritonserver:25.01-py3', '/v2/health/ready', ['--http-port=8080', '--metrics-port=8002']],
  ['ghcr.io/someone/server:1', '/anything', []],
])('accepts %s at %s', (image, path, args) => {
  expect(runtime(image, path, args)).toEqual([]);
});

test('fails for a server of models that does not have the path, or answers at another port', () => {
  expect(runtime('docker.io/tensorflow/serving:2.18.0', '/v2/health/ready')).toEqual([
    `${RUNTIME}/path is "/v2/health/ready", a path that the program does not have: it answers paths of its models (container kserve-container)`,
  ]);
  expect(runtime('docker.io/kserve/sklearnserver:v0.20.0', '/v2/health/ready', ['--http_port=8081'])).toEqual([
    `${RUNTIME}/port is 8080, but the program is told to answer requests at 8081 (container kserve-container)`,
  ]);
});

test('fails for plain HTTP on a port of TLS, however the port is written', () => {
  const asked = (httpGet: object) =>
    problems('probes-ask-what-answers', ({ get }) => {
      const [container] = get('Deployment/web').spec.template.spec.containers;
      container.ports = [{ name: 'https', containerPort: 10259 }];
      container.readinessProbe = container.livenessProbe = { httpGet: { path: '/healthz', scheme: 'HTTPS', port: 'https' } };
      container.startupProbe = { httpGet: { path: '/healthz', ...httpGet } };
    });
  const message = 'but the port is called https: a server of TLS refuses that (container web)';

  expect(asked({ port: 10259, scheme: 'HTTPS' })).toEqual([]);
  expect(asked({ port: 'https' })).toEqual([`${AT}/startupProbe/httpGet/scheme is missing, which means HTTP, ${message}`]);
  expect(asked({ port: 10259, scheme: 'HTTP' })).toEqual([`${AT}/startupProbe/httpGet/scheme is HTTP, ${message}`]);
});

describe('commands', () => {
  const running = (...command: readonly string[]) =>
    problems('probes-ask-what-answers', ({ get }) => {
      get('Deployment/web').spec.template.spec.containers[0].readinessProbe = { exec: { command } };
    });
  const at = `${AT}/readinessProbe/exec/command`;

  test('may end with an error, or look at the answer', () => {
    expect(running('sh', '-c', 'redis-cli ping | grep -q PONG')).toEqual([]);
    expect(running('curl', '-sf', 'http://localhost/health')).toEqual([]);
    expect(running('pg_isready')).toEqual([]);
  });

  test('fail where every answer is right', () => {
    expect(running('curl', '-s', 'http://localhost/health')).toEqual([
      `${at} ends well with every answer, also with every status from 400: add -f (container web)`,
    ]);
    expect(running('sh', '-c', 'pg_isready || true')).toEqual([`${at} succeeds whatever the program does (container web)`]);
  });
});

test('fails for a member that is ready before it has joined the others', () => {
  const member = (replicas: number, volume: string) =>
    problems('probes-ask-what-answers', ({ get, add }) => {
      const { spec } = structuredClone(get('Deployment/web'));
      const [container] = spec.template.spec.containers;
      container.volumeMounts = [{ name: volume, mountPath: '/data' }];
      container.readinessProbe = { tcpSocket: { port: 'http' } };
      const kept = { replicas, volumeClaimTemplates: [{ metadata: { name: 'data' } }] };
      add({ apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'member', namespace: 'app' }, spec: { ...spec, ...kept } });
    });

  expect(member(1, 'data')).toEqual([]);
  expect(member(3, 'config')).toEqual([]);
  expect(member(3, 'data')).toEqual([
    'StatefulSet/member: /spec/template/spec/containers/0/readinessProbe/tcpSocket asks whether a port is open: a member that has not joined the others yet would count as ready, and the next one be restarted (container web)',
  ]);
});

test('fails for a gateway that calls its models to be ready', () => {
  expect(probed('ghcr.io/berriai/litellm-non_root:1', 'readinessProbe', { path: '/health' })).toEqual([
    `${AT}/readinessProbe/httpGet/path is "/health", a path that the program does not have: it answers /health/liveliness, /health/liveness, /health/readiness (container web)`,
  ]);
});
