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

test('fails for subscriptions without any settings', () => {
  expect(
    fleetProblems('notifications-resolve', ({ get }) => {
      get('AppProject/apps-prod').metadata.annotations = { 'notifications.argoproj.io/subscribe.on-deployed.slack': 'deployments' };
    }),
  ).toEqual([
    'AppProject/apps-prod: /metadata/annotations subscribe to what ConfigMap/argocd-notifications-cm would define, which is missing',
  ]);
});

test.each([
  ['when: x', 'is no list of conditions: Argo CD would leave out all of its notifications'],
  ['- when: [', 'is no list of conditions: Argo CD would leave out all of its notifications'],
  ["- when: app.status.health.status == 'degraded'", 'compares health.status with "degraded", which it never is'],
  ["- when: app.status.operationState.phase in ['Error', 'Fail']", 'compares operationState.phase with "Fail", which it never is'],
  ["- when: app.status.operationState?.phase == 'Done'", 'compares operationState?.phase with "Done", which it never is'],
  ["- when: app.status.sync.status != 'InSync'", 'compares sync.status with "InSync", which it never is'],
])('fails for the trigger %j', (trigger, message) => {
  expect(subscribed('x', { 'trigger.on-failed': trigger })).toEqual([
    expect.stringContaining(`ConfigMap/argocd-notifications-cm: /data/trigger.on-failed ${message}`),
  ]);
});
