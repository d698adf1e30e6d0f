import { kongUpstream } from './kong-upstream';

test('waits for the backend as long as it is told, and never asks twice', () => {
  expect(kongUpstream(610)).toEqual({
    'konghq.com/connect-timeout': '5000',
    'konghq.com/read-timeout': '610000',
    'konghq.com/write-timeout': '610000',
    'konghq.com/retries': '0',
  });
});
