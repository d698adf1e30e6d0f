import { groupOf, type Manifest } from '../../kubernetes/manifest';
import type { Region } from '../../regions/region';
import { escaped, record } from '../fields';
import { ISTIO_GATEWAY } from '../istio';
import type { Rule } from '../rule';

/** Label of what external-dns reads, and prefix of what it is told there. */
const LABEL = 'slipway.dev/dns';
const PUBLISHED = 'published';
const EXTERNAL_DNS = 'external-dns.alpha.kubernetes.io';

const IDENTIFIER = 'set-identifier';
const HEALTH = 'aws-evaluate-target-health';

/** Annotations by which Route 53 chooses among records of one name. */
const CHOICES = [
  'aws-region',
  'aws-weight',
  'aws-failover',
  'aws-geolocation-country-code',
  'aws-geolocation-continent-code',
  'aws-multi-value-answer',
];

type Fault = readonly [field: string, message: string];

export const recordsChooseRegion: Rule = {
  id: 'records-choose-region',
  title: 'Records of a host that regions share are told apart by region, lead to their own, and only while it is well.',
  why: 'Two regions with one identifier overwrite each other’s record, one that names another region takes that region’s clients, and a record that is kept whatever happens sends clients to a region that is down.',
  fix: 'Take labels and annotations together, from regionalRecords() of lib/routing/dns.ts.',
  *check(target) {
    const region = target.facts?.region;
    for (const kind of ['HTTPRoute.gateway.networking.k8s.io', ISTIO_GATEWAY, 'Service', 'Ingress.networking.k8s.io']) {
      for (const object of target.all(kind)) {
        if (!Object.keys(record(object.metadata.annotations)).some((name) => name.startsWith(`${EXTERNAL_DNS}/`))) continue;
        for (const [field, message] of faults(object, region)) yield { object, field, message };
      }
    }
  },
};

function* faults({ apiVersion, metadata }: Manifest, region: Region | undefined): Iterable<Fault> {
  const [labels, annotations] = [record(metadata.labels), record(metadata.annotations)];
  const at = (name: string): string => `/metadata/annotations/${escaped(`${EXTERNAL_DNS}/${name}`)}`;
  const written = (name: string): string | undefined => annotations[`${EXTERNAL_DNS}/${name}`];
  // What it makes of Istio's gateways, it filters by nothing.
  if (groupOf({ apiVersion }) !== 'networking.istio.io' && labels[LABEL] !== PUBLISHED)
    yield [
      `/metadata/labels/${escaped(LABEL)}`,
      `is not "${PUBLISHED}", which external-dns looks for: there would be no records of its hosts`,
    ];
  const identifier = written(IDENTIFIER);
  const choice = CHOICES.find((name) => written(name) !== undefined);
  if (identifier !== undefined && choice === undefined)
    yield [at(IDENTIFIER), `is "${identifier}", and nothing says how Route 53 chooses: one of ${CHOICES.join(', ')}`];
  if (identifier === undefined && choice !== undefined)
    yield [at(IDENTIFIER), `is missing beside ${choice}: the records of all regions would be one`];
  if (identifier !== undefined && region !== undefined && !String(identifier).includes(region.name))
    yield [at(IDENTIFIER), `is "${identifier}", without ${region.name}: each region's record is known by the name of its region`];
  const other = written('aws-region');
  if (other !== undefined && region?.cloud.kind === 'aws' && other !== region.cloud.region)
    yield [
      at('aws-region'),
      `is "${other}", and the load balancer is in ${region.cloud.region}: clients near ${other} would be sent there`,
    ];
  if (identifier !== undefined && written(HEALTH) === 'false')
    yield [at(HEALTH), 'is "false": clients would be sent to the region while it is down'];
}
