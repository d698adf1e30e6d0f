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
