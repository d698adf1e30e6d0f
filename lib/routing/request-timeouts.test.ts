import { requestTimeouts } from './request-timeouts';

test('gives every hop more time than the one behind it', () => {
  const { engine, internalGateway, litellm, publicGateway } = requestTimeouts(600);

  expect(engine).toBe(600);
  expect(internalGateway).toBeGreaterThan(engine);
  expect(litellm).toBeGreaterThan(internalGateway);
  expect(publicGateway).toBeGreaterThan(litellm);
});
