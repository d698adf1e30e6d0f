import { problems } from '../testing/problems';

const listening = (container: object) =>
  problems('servers-listen', ({ get }) => Object.assign(get('Deployment/web').spec.template.spec.containers[0], container));
const AT = 'Deployment/web: /spec/template/spec/containers/0';
const LEFT = 'a port that it does not declare (there: 8080)';

test('accepts a server on the port that it declares', () => {
  expect(listening({ args: ['--port=8080', '--timeout=90'], env: [{ name: 'METRICS_PORT', value: '8080' }] })).toEqual([]);
});

test('fails for an argument that names another port', () => {
  expect(listening({ args: ['serve', '--port=9090'] })).toEqual([`${AT}/args/1 makes container web listen on 9090, ${LEFT}`]);
  expect(listening({ args: ['--web.listen-address=:9090'] })).toEqual([`${AT}/args/0 makes container web listen on 9090, ${LEFT}`]);
  expect(listening({ command: ['serve', '-port=9090'] })).toEqual([`${AT}/command/1 makes container web listen on 9090, ${LEFT}`]);
});

test('fails for a port that is an argument of its own, or stands in a script', () => {
  expect(listening({ command: ['uvicorn', 'app:app', '--host', '0.0.0.0', '--port', '8080'] })).toEqual([]);
  expect(listening({ command: ['uvicorn', 'app:app', '--port', '8000'] })).toEqual([
    `${AT}/command/3 makes container web listen on 8000, ${LEFT}`,
  ]);
  expect(listening({ command: ['sh', '-c', 'exec serve --port 8000 --quiet'] })).toEqual([
    `${AT}/command/2 makes container web listen on 8000, ${LEFT}`,
  ]);
  expect(listening({ command: ['gunicorn'], args: ['app:app', '--bind=0.0.0.0:8000'] })).toEqual([
    `${AT}/args/1 makes container web listen on 8000, ${LEFT}`,
  ]);
});

test('fails for a server that nobody tells a port, and whose own is another', () => {
  expect(listening({ command: ['uvicorn', 'app:app'] })).toEqual([`${AT}/command makes container web listen on 8000, ${LEFT}`]);
  expect(listening({ command: ['/app/bin/vllm', 'serve'] })).toEqual([`${AT}/command makes container web listen on 8000, ${LEFT}`]);
  expect(listening({ command: ['uvicorn', 'app:app'], ports: [{ name: 'http', containerPort: 8000 }] })).toEqual([]);
});

test('fails for a variable that names another port', () => {
  expect(listening({ env: [{ name: 'PROMETHEUS_METRICS_PORT', value: '9090' }] })).toEqual([
    `${AT}/env/0/value makes container web listen on 9090, ${LEFT}`,
  ]);
  expect(listening({ env: [{ name: 'OLLAMA_HOST', value: '0.0.0.0:11434' }] })).toEqual([
    `${AT}/env/0/value makes container web listen on 11434, ${LEFT}`,
  ]);
});

test('leaves alone what is somebody else’s port', () => {
  expect(listening({ args: ['--redis-port=6379'], env: [{ name: 'PGPORT', value: '5432' }] })).toEqual([]);
});

test('fails for a server that hears itself alone', () => {
  const message = 'where only the pod itself can reach it';

  expect(listening({ args: ['--host=127.0.0.1'] })).toEqual([`${AT}/args/0 makes container web listen on 127.0.0.1, ${message}`]);
  expect(listening({ env: [{ name: 'OLLAMA_HOST', value: 'localhost:8080' }] })).toEqual([
    `${AT}/env/0/value makes container web listen on localhost, ${message}`,
  ]);
  expect(listening({ env: [{ name: 'OLLAMA_HOST', value: '0.0.0.0:8080' }] })).toEqual([]);
  expect(listening({ command: ['serve', '--port', '8080', '--host', '127.0.0.1'] })).toEqual([
    `${AT}/command/4 makes container web listen on 127.0.0.1, ${message}`,
  ]);
});

test('knows an address without a host for one to listen on', () => {
  expect(listening({ args: ['--address=:8080'] })).toEqual([]);
  expect(listening({ args: ['--address=https://elsewhere.example.com:9001'] })).toEqual([]);
  expect(listening({ args: ['--address=:9001'] })).toEqual([expect.stringContaining('/args/0 makes container web listen on 9001')]);
});
