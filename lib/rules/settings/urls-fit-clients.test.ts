import { problems } from '../testing/problems';

const AT = 'Deployment/web: /spec/template/spec/containers/0/env/0';
const told = (name: string, value: string) =>
  problems('urls-fit-clients', ({ get }) => {
    get('Deployment/web').spec.template.spec.containers[0].env = [{ name, value }];
  });
const read = (name: string, key: string) =>
  problems('urls-fit-clients', ({ get }) => {
    get('ExternalSecret/web-keys').spec.target.template = {
      data: { url: 'postgresql://web:{{ .password | urlquery }}@database-rw.llm.svc:5432/web', password: '{{ .password }}' },
    };
    const secretKeyRef = { name: 'web-keys', key };
    get('Deployment/web').spec.template.spec.containers[0].env = [{ name, valueFrom: { secretKeyRef } }];
  });

test.each([
  ['REDIS_URL', 'rediss://cache:6379/0'],
  ['DATABASE_URL', 'postgresql+asyncpg://web@database:5432/web'],
  ['MONGODB_URI', 'mongodb+srv://members.example.com'],
  ['LLM_BASE_URL', 'http://gateway:4000/v1'],
  ['WEBHOOK_URL', 'anything://goes'],
])('accepts %s=%s', (name, value) => {
  expect(told(name, value)).toEqual([]);
});

test('accepts a URL and a password out of a Secret, each for what it is', () => {
  expect(read('DATABASE_URL', 'url')).toEqual([]);
  expect(read('DATABASE_PASSWORD', 'password')).toEqual([]);
});

test('fails for the address of another kind of server', () => {
  expect(told('REDIS_URL', 'http://cache:6379')).toEqual([
    `${AT}/value is a URL of http://, and REDIS_URL is for Redis (redis, rediss, redis+sentinel, unix)`,
  ]);
  expect(told('LLM_BASE_URL', 'redis://gateway:4000')).toEqual([
    `${AT}/value is a URL of redis://, and LLM_BASE_URL is for a server of HTTP (http, https)`,
  ]);
  expect(read('WEBSOCKET_REDIS_URL', 'url')).toEqual([
    `${AT}/valueFrom/secretKeyRef/key is "url" of web-keys, a URL of postgresql://, and WEBSOCKET_REDIS_URL is for Redis (redis, rediss, redis+sentinel, unix)`,
  ]);
});

test('fails for a password that is a whole URL', () => {
  expect(read('PGPASSWORD', 'url')).toEqual([
    `${AT}/valueFrom/secretKeyRef/key is "url" of web-keys, a URL of postgresql://, and PGPASSWORD is for a secret alone`,
  ]);
});
