import { problems } from '../testing/problems';

const kept = (name: string, value: string, replicas = 4) =>
  problems('replicas-share-state', ({ get }) => {
    Object.assign(get('HorizontalPodAutoscaler/web').spec, { minReplicas: 1, maxReplicas: replicas });
    get('Deployment/web').spec.template.spec.containers[0].env.push({ name, value });
  });

test('accepts what is kept outside of the pods, and one pod that keeps it', () => {
  expect(kept('WEBSOCKET_MANAGER', 'redis')).toEqual([]);
  expect(kept('WEBSOCKET_MANAGER', 'local', 1)).toEqual([]);
});

const inFile = (text: string, replicas: number) =>
  problems('replicas-share-state', ({ get }) => {
    Object.assign(get('HorizontalPodAutoscaler/web').spec, { minReplicas: 1, maxReplicas: replicas });
    get('ConfigMap/web-config').data = { 'loki.yaml': text };
  });

test('fails for a file by which each pod keeps for itself what all need', () => {
  const text = 'ring:\n  kvstore:\n    store: inmemory\n';

  expect(inFile(text, 1)).toEqual([]);
  expect(inFile('ring:\n  kvstore:\n    store: memberlist\n', 4)).toEqual([]);
  expect(inFile(text, 4)).toEqual([
    'ConfigMap/web-config: /data/loki.yaml sets store to inmemory in line 3: each of up to 4 pods of Deployment/web in app keeps the list of the others for itself',
  ]);
});

test.each([
  ['WEBSOCKET_MANAGER', 'local', 'open connections'],
  ['VECTOR_DB', 'chroma', 'what it has learned of files'],
  ['DATABASE_URL', 'sqlite:///web.db', 'its database'],
])('fails for %s=%s in several pods', (name, value, what) => {
  expect(kept(name, value)).toEqual([
    `Deployment/web: /spec/template/spec/containers/0/env/1/value is "${value}": each of up to 4 pods keeps ${what} for itself (${name})`,
  ]);
});

test('fails for a program of several pods that is not told where to keep what they share', () => {
  const told = (names: readonly string[], replicas: number) =>
    problems('replicas-share-state', ({ get }) => {
      Object.assign(get('HorizontalPodAutoscaler/web').spec, { minReplicas: 1, maxReplicas: replicas });
      const [container] = get('Deployment/web').spec.template.spec.containers;
      container.image = 'registry.example.com/open-webui-backend-kiva:v0.10.2';
      container.env = names.map((name) => ({ name, value: name === 'WEBSOCKET_MANAGER' ? 'redis' : 'elsewhere' }));
    });
  const at = 'Deployment/web: /spec/template/spec/containers/0/env lacks';

  expect(told([], 1)).toEqual([]);
  expect(told(['WEBSOCKET_MANAGER', 'REDIS_URL', 'VECTOR_DB'], 4)).toEqual([]);
  expect(told(['REDIS_URL', 'VECTOR_DB'], 4)).toEqual([
    `${at} WEBSOCKET_MANAGER: each of up to 4 pods keeps open connections for itself (container web)`,
  ]);
  expect(told(['WEBSOCKET_MANAGER', 'VECTOR_DB'], 4)).toEqual([
    `${at} WEBSOCKET_REDIS_URL or REDIS_URL: each of up to 4 pods keeps open connections for itself (container web)`,
  ]);
});
