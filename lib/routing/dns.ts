import type { Region } from '../regions/region';

/** Label of the routes whose hosts external-dns publishes; it is told to read no others. */
export const PUBLISHED_IN_DNS = { 'slipway.dev/dns': 'published' } as const;

/** Prefix of the annotations that external-dns reads. */
export const EXTERNAL_DNS = 'external-dns.alpha.kubernetes.io';

/** Labels and annotations of a route that DNS records are made from. */
export interface DnsRecords {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/**
 * Makes the region one of several answers to a shared host: Route 53 sends clients to the region nearest to them whose
 * load balancer has healthy targets. Every region writes its own record of the same name, told apart by the identifier.
 *
 * @throws RangeError if the region is not on AWS: only Route 53 chooses between regions here
 */
export function regionalRecords(host: string, { name, cloud }: Region): DnsRecords {
  if (cloud.kind !== 'aws') {
    throw new RangeError(
      `Cannot publish "${host}" from ${name} as only Route 53 chooses between regions: leave globalHost out outside of AWS`,
    );
  }
  return {
    labels: PUBLISHED_IN_DNS,
    annotations: {
      [`${EXTERNAL_DNS}/set-identifier`]: name,
      [`${EXTERNAL_DNS}/aws-region`]: cloud.region,
      [`${EXTERNAL_DNS}/aws-evaluate-target-health`]: 'true',
    },
  };
}
