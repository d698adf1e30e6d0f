import { type Data, isRecord, record, records } from '../fields';
import type { Rule } from '../rule';
import type { Container, Workload } from '../workload';

/** Variables that name a folder which the program writes to. */
const FOLDERS = /^(?:HOME|TMPDIR|TMP|TEMP|DATA_DIR|XDG_\w+_HOME|\w*CACHE_(?:DIR|HOME|ROOT))$/;

/** Variables that name a folder which the program reads its models from. */
const READ = /^(?:OLLAMA_MODELS|HF_HOME|MODELS?_DIR)$/;

/** Folders that programs are sent to so that they find none. */
const NOWHERE = /^\/(?:nonexistent|dev\/null)/;

/** How servers are told where to keep their data. */
const KEPT = /^--(?:data[-.]dir|storage\.(?:tsdb\.)?path)=(\/.*)$/;

type Fault = readonly [field: string, message: string];

export const foldersAreWritable: Rule = {
  id: 'folders-are-writable',
  title: 'Every folder that a program is told to write to is on a volume that it may write to, and scratch volumes have a limit.',
  why: 'With a read-only root file system the first write elsewhere ends the program; a volume belongs to root unless fsGroup says otherwise; and an emptyDir without a limit can fill the disk of the node, which then evicts other pods.',
  fix: 'Mount a volume there (scratch and folders of lib/workloads/service-container.ts), set fsGroup, and give every emptyDir a sizeLimit.',
  alone: true,
  *check(target) {
    for (const workload of target.workloads) {
      const { object, pod, field, containers } = workload;
      for (const [i, { emptyDir }] of records(pod.volumes).entries()) {
        if (emptyDir === undefined || record(emptyDir).sizeLimit !== undefined) continue;
        yield {
          object,
          field: `${field}/volumes/${i}/emptyDir/sizeLimit`,
          message: 'is missing: the volume may fill the disk of the node',
        };
      }
      const message = unowned(workload);
      if (message !== undefined) yield { object, field: `${field}/securityContext/fsGroup`, message };
      for (const container of containers) {
        for (const [at, fault] of [...readOnly(container), ...kept(container)])
          yield { object, field: `${container.field}${at}`, message: `${fault} (container ${container.spec.name})` };
      }
    }
  },
};

const mountsOf = ({ spec }: Container): readonly Data[] => records(spec.volumeMounts);
const isWithin = (folder: string, mountPath: unknown): boolean => `${folder}/`.startsWith(`${String(mountPath).replace(/\/$/, '')}/`);

function* readOnly(container: Container): Iterable<Fault> {
  if (container.spec.securityContext?.readOnlyRootFilesystem !== true) return;
  for (const [i, { name, value }] of records(container.spec.env).entries()) {
    const isRead = READ.test(String(name));
    if (typeof value !== 'string' || !value.startsWith('/') || !(isRead || FOLDERS.test(String(name))) || NOWHERE.test(value)) continue;
    const mounts = mountsOf(container).filter(({ mountPath }) => isWithin(value, mountPath));
    if (mounts.length === 0) yield [`/env/${i}/value`, `is ${value}, where no volume is mounted, and the root file system is read-only`];
    else if (!isRead && mounts.every((mount) => mount.readOnly === true))
      yield [`/env/${i}/value`, `is ${value}, which is mounted read-only`];
  }
}

/** Folders in which servers are told to keep their data: `minio server /data`, `--storage.tsdb.path=/prometheus`. */
function* kept(container: Container): Iterable<Fault> {
  for (const list of ['command', 'args']) {
    const words: readonly unknown[] = Array.isArray(container.spec[list]) ? container.spec[list] : [];
    for (const [i, word] of words.entries()) {
      const folder = words[i - 1] === 'server' && String(word).startsWith('/') ? String(word) : KEPT.exec(String(word))?.[1];
      if (folder === undefined || mountsOf(container).some(({ mountPath, readOnly }) => readOnly !== true && isWithin(folder, mountPath)))
        continue;
      yield [`/${list}/${i}`, `keeps data in ${folder}, where no volume is mounted that the container may write to`];
    }
  }
}

/** What pods of others than root may not write to. */
function unowned({ object, pod, containers }: Workload): string | undefined {
  const { fsGroup, runAsUser } = record(pod.securityContext);
  if (fsGroup !== undefined || !(runAsUser > 0)) return undefined;
  const kept = new Set<unknown>([
    ...records(pod.volumes).flatMap(({ name, persistentVolumeClaim: claim }) => (isRecord(claim) && claim.readOnly !== true ? [name] : [])),
    ...records(object.spec?.volumeClaimTemplates).map(({ metadata }) => metadata?.name),
  ]);
  const written = containers.flatMap((each) => mountsOf(each)).find((mount) => kept.has(mount.name) && mount.readOnly !== true);
  return written === undefined ? undefined : `is missing: volume "${written.name}" belongs to root, and the pod runs as ${runAsUser}`;
}
