import type { Alert } from '../observability/alert-rules';

/** Shares and delays beyond which somebody should look. */
const FULL = 0.8;
const LAG_SECONDS = 60;

/** What `mongoAlerts` watches. */
export interface MongoAlertsProps {
  readonly name: string;
  readonly namespace: string;
  readonly members: number;
}

/**
 * What the members of a replica set report. Metrics are those of Percona's exporter; each member's figures of the others are its own view,
 * so that the freshest of them counts.
 */
export function mongoAlerts({ name, namespace, members }: MongoAlertsProps): readonly Alert[] {
  const own = `namespace="${namespace}", pod=~"${name}-[0-9]+"`;
  const written = (state: 'PRIMARY' | 'SECONDARY', by: string) =>
    `max by (${by}) (mongodb_rs_members_optimeDate{${own}, member_state="${state}"})`;
  const connections = (type: 'available' | 'current') => `sum by (pod) (mongodb_ss_connections{${own}, conn_type="${type}"})`;

  const lag: Alert = {
    name: 'MongodbReplicationLag',
    expr: `(${written('PRIMARY', 'namespace')} - on (namespace) group_right ${written('SECONDARY', 'namespace, member_idx')}) / 1000 > ${LAG_SECONDS}`,
    ...{ for: '10m', severity: 'ticket' },
    summary: `A member of ${name} in ${namespace} is more than ${LAG_SECONDS} s behind: what it lacks is lost with the others`,
    description:
      'A failover now would take back what users were not told is safe, and last longer. Look at the disk and the processor of the member.',
  };

  return [
    {
      name: 'MongodbDown',
      // A pod that is gone reports nothing, not even that it is gone.
      expr: `(count(mongodb_up{${own}} == 1) or vector(0)) < ${members}`,
      ...{ for: '5m', severity: members === 1 ? 'page' : 'ticket' },
      summary: `Fewer than ${members} members of ${name} in ${namespace} answer`,
      description:
        members === 1
          ? 'Its clients can neither read nor write. Look at the pod and at what it logs.'
          : 'Users notice nothing while two of three are left; the next loss is an outage. Look at the pods and at what they log.',
    },
    {
      name: 'MongodbNoPrimary',
      expr: `(count(mongodb_rs_myState{${own}} == 1) or vector(0)) == 0`,
      ...{ for: '2m', severity: 'page' },
      summary: `No member of ${name} in ${namespace} takes writes`,
      description:
        'Its clients cannot write. Members elect a primary within seconds if a majority of them see each other: look at which do not.',
    },
    ...(members === 1 ? [] : [lag]),
    {
      name: 'MongodbConnectionsFull',
      expr: `${connections('current')} / (${connections('current')} + ${connections('available')} > 0) > ${FULL}`,
      ...{ for: '10m', severity: 'ticket' },
      summary: `A member of ${name} in ${namespace} has given out ${FULL * 100} % of its connections`,
      description:
        'Beyond the limit nobody is let in. Look at who holds them: services that leave connections open, or too small a member.',
    },
  ];
}
