import type { Cloud } from '../regions/region';

/** What makes a service account a role of the cloud: no key is stored anywhere. */
export interface WorkloadIdentity {
  /** Annotations of the service account. */
  readonly annotations: Readonly<Record<string, string>>;

  /** Labels of the pods. */
  readonly podLabels: Readonly<Record<string, string>>;
}

/**
 * The identity of a service account in its target's cloud.
 *
 * @param role name of the cloud's role or service account
 */
export function workloadIdentity(cloud: Cloud, role: string): WorkloadIdentity {
  if (cloud.kind === 'aws')
    return { annotations: { 'eks.amazonaws.com/role-arn': `arn:aws:iam::${cloud.accountId}:role/${role}` }, podLabels: {} };
  if (cloud.kind === 'azure') {
    return {
      annotations: { 'azure.workload.identity/client-id': cloud.clientId, 'azure.workload.identity/tenant-id': cloud.tenantId },
      podLabels: { 'azure.workload.identity/use': 'true' },
    };
  }
  if (cloud.kind === 'gcp') {
    return { annotations: { 'iam.gke.io/gcp-service-account': `${role}@${cloud.project}.iam.gserviceaccount.com` }, podLabels: {} };
  }
  return { annotations: {}, podLabels: {} };
}
