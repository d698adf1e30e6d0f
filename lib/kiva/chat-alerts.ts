import type { Alert } from '../observability/alert-rules';

/** What users of the chat notice before anybody else. */
export const chatAlerts = (namespace: string, services: readonly string[]): readonly Alert[] => [
  {
    name: 'ChatDown',
    expr: `min(max by (deployment) (kube_deployment_status_replicas_available{namespace="${namespace}", deployment=~"${services.join('|')}"})) == 0`,
    ...{ for: '2m', severity: 'page' },
    summary: 'The chat is down: its pages or its API have no replica',
    description:
      'Users see an error of the gateway. Both parts must be there; the database and the shared files decide whether the API starts.',
  },
];
