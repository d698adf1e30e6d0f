import { clientTimeouts, requestTimeouts } from './request-timeouts';

test('gives every hop more time than the one behind it', () => {
  const { engine, internalGateway, litellm, publicGateway } = requestTimeouts(600);

  expect(engine).toBe(600);
  expect(internalGateway).toBeGreaterThan(engine);
  expect(litellm).toBeGreaterThan(internalGateway);
  expect(publicGateway).toBeGreaterThan(litellm);
});

test('gives a service that calls LiteLLM more time than LiteLLM takes, and the gateway more than that', () => {
  const timeouts = requestTimeouts(600);
  const { client, publicGateway } = clientTimeouts(timeouts);

  expect(client).toBeGreaterThan(timeouts.litellm);
  expect(publicGateway).toBeGreaterThan(client);
});
