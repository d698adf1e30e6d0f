import { stringify } from 'yaml';

/** The revision that a sync delivered: each is announced once. */
const REVISION = 'app.status.operationState?.syncResult?.revision';

/** What Argo CD says of an Application, and when. */
interface Announcement {
  readonly trigger: string;
  readonly template: string;
  readonly when: string;
  readonly message: string;
}

const WHERE = '{{index .app.metadata.labels "slipway.dev/app"}} in {{.app.spec.destination.name}}';

const ANNOUNCEMENTS: readonly Announcement[] = [
  {
    trigger: 'on-deployed',
    template: 'app-deployed',
    // A canary is healthy only when Flagger has promoted this very revision.
    when: "app.status.operationState != nil and app.status.operationState.phase == 'Succeeded' and app.status.health.status == 'Healthy'",
    message: `:white_check_mark: ${WHERE} runs {{.app.status.sync.revision}}`,
  },
  {
    trigger: 'on-health-degraded',
    template: 'app-health-degraded',
    when: "app.status.health.status == 'Degraded'",
    message: `:warning: ${WHERE} is degraded`,
  },
  {
    trigger: 'on-sync-failed',
    template: 'app-sync-failed',
    when: "app.status.operationState != nil and app.status.operationState.phase in ['Error', 'Failed']",
    message: `:x: ${WHERE} did not sync: {{.app.status.operationState.message}}`,
  },
];

/**
 * Data of `argocd-notifications-cm`. Who is told stands on the AppProjects.
 *
 * The token is a key of the Secret `argocd-notifications-secret`, which a person creates on the hub.
 */
export const notifications: Readonly<Record<string, string>> = {
  'service.slack': text({ token: '$slack-token' }),
  ...Object.fromEntries(
    ANNOUNCEMENTS.flatMap(({ trigger, template, when, message }) => [
      [`trigger.${trigger}`, text([{ when, oncePer: REVISION, send: [template] }])],
      [`template.${template}`, text({ message })],
    ]),
  ),
};

/** On one line what is one text, however long. */
function text(value: unknown): string {
  return stringify(value, { lineWidth: 0 });
}
