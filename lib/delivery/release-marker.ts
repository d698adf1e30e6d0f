import { createHash } from 'node:crypto';

import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

/** Annotation keys of a Canary that tell Argo CD's health check which revision Flagger must have seen. */
const MARKER_CONFIG_MAP = 'slipway.dev/marker-configmap';
const MARKER_CHECKSUM = 'slipway.dev/marker-checksum';

/** Name of the marker of a workload. Pods refer to it, so Flagger tracks it. */
export const markerName = (workload: string): string => `${workload}-release`;

/**
 * Tells Argo CD when Flagger has seen a revision.
 *
 * Right after a sync the target has no pods and the Canary still shows the success of the release before, so the app
 * looks healthy until Flagger's next tick, and whatever waits for it goes on too early. Flagger records a checksum of
 * every ConfigMap it tracks; the Canary says which one to wait for.
 */
export class ReleaseMarker extends Construct {
  /** What the Canary carries. */
  public readonly annotations: Readonly<Record<string, string>>;

  /**
   * @param workload name of the released workload
   * @param release what is released, for people: letters, digits, dots, dashes and underscores, since Flagger's encoder escapes others
   * @param trigger everything whose change is a new release; a hash of it is part of the marker
   * @throws RangeError if a value of `release` has another character
   */
  constructor(scope: Construct, workload: string, release: Readonly<Record<string, string>>, trigger: unknown) {
    super(scope, `${workload}-marker`);

    for (const [key, value] of Object.entries(release)) {
      if (!/^[A-Za-z0-9._-]+$/.test(value)) {
        throw new RangeError(
          `Cannot mark a release with ${key} "${value}" as Flagger would encode it differently: use letters, digits, ".", "_" and "-"`,
        );
      }
    }
    const data = { ...release, template: sha256(JSON.stringify(trigger)).slice(0, 16) };

    new k8s.KubeConfigMap(this, 'marker', { metadata: { name: markerName(workload) }, data });
    this.annotations = { [MARKER_CONFIG_MAP]: markerName(workload), [MARKER_CHECKSUM]: flaggerChecksum(data) };
  }
}

/** What Flagger computes of a ConfigMap's data: the first eight bytes of the SHA-256 of its JSON with sorted keys. */
export function flaggerChecksum(data: Readonly<Record<string, string>>): string {
  return sha256(JSON.stringify(Object.fromEntries(Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1))))).slice(0, 16);
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
