import { configMapsOf } from '../config-maps';
import { dataChecksum } from '../data-checksum';
import { escaped, record } from '../fields';
import type { Rule } from '../rule';

const MARKER = 'slipway.dev/marker-configmap';
const CHECKSUM = 'slipway.dev/marker-checksum';
const TRACKING = 'flagger.app/config-tracking';

/** What Go writes into JSON as it stands. */
const PLAIN = /^[A-Za-z0-9._-]*$/;

export const releaseMarkerMatches: Rule = {
  id: 'release-marker-matches',
  title: 'Every Canary says which revision of its release marker Flagger must have seen, and the pods refer to that marker.',
  why: 'Right after a sync a Canary still shows the success of the release before. Argo CD therefore compares the checksum of the marker with the one that Flagger recorded: with a wrong checksum the app is never healthy, without one it is healthy before the release has begun.',
  fix: 'Let ReleaseMarker of lib/delivery/release-marker.ts write the ConfigMap and the annotations of the Canary, and name it in envFrom of the pods.',
  *check(target) {
    for (const { canary: object, namespace, workload } of target.releases) {
      const { [MARKER]: name, [CHECKSUM]: checksum } = object.metadata.annotations ?? {};
      const at = (annotation: string): string => `/metadata/annotations/${escaped(annotation)}`;
      if (name === undefined || checksum === undefined) {
        yield { object, field: at(name === undefined ? MARKER : CHECKSUM), message: 'is missing' };
        continue;
      }
      const marker = target.find('ConfigMap', namespace, name);
      if (marker === undefined) {
        yield { object, field: at(MARKER), message: `names ConfigMap "${name}", which does not exist in ${namespace}` };
        continue;
      }
      if (workload !== undefined && !configMapsOf(workload).some((reference) => reference.name === name)) {
        const message = `does not refer to ConfigMap "${name}": Flagger tracks only what pods read`;
        yield { object: workload.object, field: `${workload.field}/containers/0/envFrom`, message };
      }
      const { labels, annotations } = marker.metadata;
      if ({ ...labels, ...annotations }[TRACKING] === 'disabled') {
        yield { object: marker, field: at(TRACKING), message: 'is "disabled": Flagger would record no checksum of the marker' };
      }
      const data = record(marker.data);
      const odd = Object.entries(data).find(([key, value]) => !PLAIN.test(key) || typeof value !== 'string' || !PLAIN.test(value));
      if (odd !== undefined) {
        const message = `is ${JSON.stringify(odd[1])}: Flagger encodes other characters than letters, digits, ".", "_" and "-" differently`;
        yield { object: marker, field: `/data/${escaped(odd[0])}`, message };
      } else if (checksum !== dataChecksum(data)) {
        yield {
          object,
          field: at(CHECKSUM),
          message: `is ${checksum}, but Flagger will record ${dataChecksum(data)} for ConfigMap "${name}"`,
        };
      }
    }
  },
};
