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
