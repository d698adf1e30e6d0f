import type { Manifest } from '../../kubernetes/manifest';
import { record, records } from '../fields';
import { perText } from '../per-text';
import type { Problem } from '../rule';
import type { TargetIndex } from '../target-index';

/** What Velero does with volumes of some drivers or classes: the first entry that fits decides. */
interface Entry {
  readonly drivers: readonly string[];
  readonly classes: readonly string[];
  readonly action: string;
}

const ACTIONS = ['snapshot', 'fs-backup', 'skip', 'custom'];

const NAMES = /\w[\w.-]*/g;

/** Entries of a policy, whether it is written as YAML or as JSON. */
const entriesOf = perText((text): readonly Entry[] =>
  text
    .split(/\bconditions\b/)
    .slice(1)
    .map((part) => ({
      drivers: [...part.matchAll(/\bdriver"?:\s*"?([\w.-]+)/g)].map(([, name = '']) => name),
      classes: [...part.matchAll(/\bstorageClass"?:\s*(\[[^\]]*\]|(?:\s*-\s*\S+)+)/g)].flatMap(([, list = '']) => list.match(NAMES) ?? []),
      action: /\btype"?:\s*"?([\w-]+)/.exec(part)?.[1] ?? '',
    })),
);

/**
 * Policies of volumes by which data is not copied.
 *
 * @param claims objects whose volumes a schedule is to copy
 */
export function* ofPolicies(schedule: Manifest, claims: readonly Manifest[], target: TargetIndex): Iterable<Problem> {
  const { name } = record(record(schedule.spec?.template).resourcePolicy);
  const object = target.find('ConfigMap', schedule.metadata.namespace ?? '', String(name));
  const snapshots = target.facts?.region.platform.storage.snapshotDriver;
  for (const [file, text] of Object.entries(record(object?.data))) {
    if (object === undefined || typeof text !== 'string') continue;
    const entries = entriesOf(text);
    const problem = (message: string): Problem => ({ object, field: `/data/${file}`, message });
    for (const driver of entries.flatMap(({ action, drivers }) => (action === 'snapshot' ? drivers : []))) {
      if (snapshots === undefined || driver === snapshots) continue;
      yield problem(`has snapshots taken by ${driver}, and on this platform ${snapshots} takes them`);
    }
    for (const { classes, action } of entries) {
      const absent = classes.find((each) => target.find('StorageClass.storage.k8s.io', '', each) === undefined);
      if (absent !== undefined) yield problem(`names class "${absent}", which does not exist`);
      if (!ACTIONS.includes(action)) yield problem(`has the action "${action}", which Velero does not know (there: ${ACTIONS.join(', ')})`);
    }
    for (const claim of claims) {
      const left = classesOf(claim).find((each) => decisive(entries, each, target)?.action === 'skip');
      if (left !== undefined)
        yield problem(`skips volumes of class "${left}", and with them the data of ${claim.kind}/${claim.metadata.name}`);
    }
  }
}

function decisive(entries: readonly Entry[], name: string, target: TargetIndex): Entry | undefined {
  const provisioner = String(target.find('StorageClass.storage.k8s.io', '', name)?.['provisioner']);
  return entries.find(({ classes, drivers }) => classes.includes(name) || drivers.includes(provisioner));
}

/** Storage classes of the claims that an object is or makes. */
const classesOf = ({ kind, spec }: Manifest): readonly string[] =>
  (kind === 'StatefulSet' ? records(spec?.volumeClaimTemplates).map((claim) => record(claim.spec)) : [record(spec)]).map(
    ({ storageClassName }) => String(storageClassName),
  );
