import { queryOf } from '../rules/promql/query';
import { chatAlerts } from './chat-alerts';

test('wakes somebody when one of the parts that users need has no replica', () => {
  const [alert] = chatAlerts('kiva', ['backend', 'frontend']);

  expect(alert).toMatchObject({ name: 'ChatDown', severity: 'page' });
  expect(queryOf(alert?.expr ?? '').error).toBeUndefined();
  expect(alert?.expr).toContain('namespace="kiva", deployment=~"backend|frontend"');
  expect(alert?.expr).toMatch(/^min\(.*\) == 0$/);
});
