import type { Cloud } from '../regions/region';

/** Annotations by which a cloud knows accounts of a cluster, and what is wrong with their values in a region of a cloud. */
const FAULTS: Readonly<Record<string, (value: string, name: string, cloud: Cloud) => string | undefined>> = {
  'eks.amazonaws.com/role-arn': (value, name, cloud) => {
    if (cloud.kind !== 'aws') return `is a role of AWS, in which ${name} is not`;
    const [, account] = /^arn:aws[\w-]*:iam::(\d+):role\/.+$/.exec(value) ?? [];
    return account === cloud.accountId ? undefined : `is "${value}", but ${name} is in account ${cloud.accountId}`;
  },
  'azure.workload.identity/tenant-id': (value, name, cloud) =>
    cloud.kind !== 'azure' || value === cloud.tenantId ? undefined : `is "${value}", but ${name} belongs to ${cloud.tenantId}`,
  'azure.workload.identity/client-id': (value, name, cloud) =>
    cloud.kind !== 'azure' || value === cloud.clientId ? undefined : `is "${value}", but the identity of ${name} is ${cloud.clientId}`,
  'iam.gke.io/gcp-service-account': (value, name, cloud) =>
    cloud.kind !== 'gcp' || value.endsWith(`@${cloud.project}.iam.gserviceaccount.com`)
      ? undefined
      : `is "${value}", but ${name} is in project ${cloud.project}`,
};

/** What is wrong with an annotation of an account, if it is one that names an identity of a cloud. */
export const identityFault = (
  annotation: string,
  value: string,
  { name, cloud }: Readonly<{ name: string; cloud: Cloud }>,
): string | undefined => (Object.hasOwn(FAULTS, annotation) ? FAULTS[annotation]?.(String(value), name, cloud) : undefined);

/** The same for all annotations of an account. */
export function* identityFaults(
  annotations: Readonly<Record<string, string>> | undefined,
  place: Readonly<{ name: string; cloud: Cloud }>,
): Iterable<readonly [annotation: string, message: string]> {
  for (const annotation of Object.keys(FAULTS)) {
    const value = annotations?.[annotation];
    const message = value === undefined ? undefined : identityFault(annotation, value, place);
    if (message !== undefined) yield [annotation, message];
  }
}
