import { fleetProblems } from '../testing/fleet-problems';
import type { Draft } from '../testing/sample-target';

const subscribed = (annotation: string, data: Draft = {}, recipients = 'deployments') =>
  fleetProblems('notifications-resolve', ({ get, add }) => {
    add({
      ...{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'argocd-notifications-cm', namespace: 'argocd' } },
      data: {
        'service.slack': 'token: $slack',
        'template.deployed': 'message: done',
        'trigger.on-deployed': '- send: [deployed]',
        ...data,
      },
    });
    get('AppProject/apps-prod').metadata.annotations = { [annotation]: recipients };
  });
const AT = 'AppProject/apps-prod: /metadata/annotations/notifications.argoproj.io~1subscribe';

test('accepts a subscription to a trigger that there is', () => {
  expect(subscribed('notifications.argoproj.io/subscribe.on-deployed.slack')).toEqual([]);
});

test('fails for a trigger or a service that nobody defines', () => {
  expect(subscribed('notifications.argoproj.io/subscribe.on-deploy.slack')).toEqual([
    `${AT}.on-deploy.slack names trigger "on-deploy", which does not exist (there: on-deployed)`,
  ]);
  expect(subscribed('notifications.argoproj.io/subscribe.on-deployed.teams')).toEqual([
    `${AT}.on-deployed.teams names service "teams", which does not exist (there: slack)`,
  ]);
});

test('fails for a trigger without its template', () => {
  expect(subscribed('x', { 'trigger.on-failed': '- send: [failed]' })).toEqual([
    'ConfigMap/argocd-notifications-cm: /data/trigger.on-failed sends "failed", for which there is no template (there: deployed)',
  ]);
});

test('fails for a subscription of nobody, unless its service knows where to send', () => {
  const webhook = { 'service.webhook.tickets': 'url: https://tickets.example.com' };

  expect(subscribed('notifications.argoproj.io/subscribe.on-deployed.slack', {}, ' ')).toEqual([
    `${AT}.on-deployed.slack names nobody: slack would be told to send to no one`,
  ]);
  expect(subscribed('notifications.argoproj.io/subscribe.on-deployed.tickets', webhook, '')).toEqual([]);
});
