import { authorizationFor } from './authorization';
import { Answer, ask, NoAnswer, refuseDowngrade } from './requests';

test.each([
  ['https://example.com/a', 'https://other.example.com/b'],
  ['http://localhost:5000/a', 'http://localhost:5001/b'],
  ['http://localhost:5000/a', 'https://example.com/b'],
])('lets %s lead to %s', (from, to) => {
  expect(() => refuseDowngrade(from, to)).not.toThrow();
});

test('refuses to leave an encrypted connection', () => {
  expect(() => refuseDowngrade('https://example.com/a', 'http://example.com/a')).toThrow(
    new NoAnswer('example.com leads to "http://example.com/a", which is not encrypted: tell who runs it'),
  );
});

test('refuses an answer that a redirect without encryption led to', async () => {
  const answer = Object.defineProperty(new Response('{}'), 'url', { value: 'http://example.com/b' });
  const fetch = jest.spyOn(globalThis, 'fetch').mockResolvedValue(answer);

  await expect(ask('https://example.com/a', {}, { answerMs: 100, waitMs: 0 })).rejects.toThrow('which is not encrypted');
  fetch.mockRestore();
});

test('refuses to show a login to a token server without encryption', async () => {
  const challenge = new Headers({ 'www-authenticate': 'Bearer realm="http://127.0.0.1:1/token"' });
  const refused = new Answer('https://example.com/v2/app/manifests/v1', 401, challenge, Buffer.alloc(0));

  await expect(authorizationFor(refused, 'app', { basic: '' }, { answerMs: 100, waitMs: 0 })).rejects.toThrow('which is not encrypted');
});
