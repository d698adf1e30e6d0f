import { type Data, records } from '../fields';
import { there } from '../references/there';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import type { Container, Workload } from '../workload';
import { enginesOf, settingOf } from './engines';

/** A commit, by which a model's hub knows a revision. */
const REVISION = /^[0-9a-f]{40}$/;

export const modelsAreFetched: Rule = {
  id: 'models-are-fetched',
  title: 'Every revision of a model that a server waits for is fetched into its claim by a Job, and is the one it serves.',
  why: 'A server waits without end for a folder that no Job fetches, and its release with it; one that serves another folder than it waited for ends as soon as it starts.',
  fix: 'Take the folder from the model handle, which the server (lib/llm/vllm-server.ts), its init container and the Job (lib/llm-models/prefetch-job.ts) share.',
  *check(target) {
    const jobs = target.workloads.filter(
      ({ object }) => object.kind === 'Job' && claimsOf({ pod: object.spec?.template?.spec }).length > 0,
    );
    const folders = new Map<Workload, string>();
    for (const workload of target.workloads) {
      for (const container of workload.containers) {
        const awaited = container.init && workload.object.kind !== 'Job' ? folderOf(container) : undefined;
        if (awaited === undefined) continue;
        folders.set(workload, awaited);
        yield* unfetched(workload, container, awaited, jobs);
      }
    }
    yield* exchanged(target);
    for (const engine of enginesOf(target)) {
      const { value: served = '', line } = settingOf(engine, 'model') ?? {};
      const { workload, container, file } = engine;
      const awaited = folders.get(workload);
      const paths = records(container.spec.volumeMounts).map(({ mountPath }) => String(mountPath));
      if (served.startsWith('/') && !paths.some((path) => served.startsWith(`${path}/`))) {
        yield { ...file, message: `reads the model in line ${line} from ${served}, where the engine mounts nothing${there(paths)}` };
      } else if (awaited !== undefined && served !== awaited) {
        yield { ...file, message: `serves ${served} in line ${line}, but its pods wait for ${awaited}` };
      }
    }
  },
};

/** The claim that a container finds a folder on. */
function claimOf({ pod, spec }: { readonly pod: Data; readonly spec: Data }, folder: string): string | undefined {
  const mount = records(spec.volumeMounts).find(({ mountPath }) => folder.startsWith(`${mountPath}/`));
  return records(pod?.volumes).find(({ name }) => name === mount?.name)?.persistentVolumeClaim?.claimName;
}

/** The folder that MODELS and MODEL_FOLDER of a container name. */
function folderOf({ spec }: Pick<Container, 'spec'>): string | undefined {
  const [models, folder] = [variable(spec, 'MODELS'), variable(spec, 'MODEL_FOLDER')];
  return models === undefined || folder === undefined ? undefined : `${models}/${folder}`;
}

const variable = (container: Data, name: string): string | undefined => records(container.env).find((each) => each.name === name)?.value;

const claimsOf = ({ pod }: { pod: Data }): readonly string[] =>
  records(pod?.volumes).flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? []);

/** A Job that is told one revision and fetches another into its folder. */
function* exchanged(target: TargetIndex): Iterable<Problem> {
  for (const { spec, field, workload } of target.containers()) {
    const folder = variable(spec, 'MODEL_FOLDER')?.split('/').at(-1);
    const env = records(spec.env);
    const offline = env.findIndex(({ name, value }) => name === 'HF_HUB_OFFLINE' && /^(?:1|true|yes|on)$/i.test(String(value)));
    if (offline >= 0 && (variable(spec, 'MODEL_REPOSITORY') ?? '') !== '')
      yield {
        object: workload.object,
        field: `${field}/env/${offline}/value`,
        message: 'keeps the Job from the hub that it fetches the model from',
      };
    if (folder === undefined || !REVISION.test(folder)) continue;
    for (const [name, last] of [
      ['MODEL_REVISION', (value: string) => value],
      ['MODEL_PREFIX', (value: string) => value.split('/').at(-1)],
    ] as const) {
      const told = variable(spec, name);
      if (told === undefined || last(told) === folder) continue;
      const at = records(spec.env).findIndex((each) => each.name === name);
      const message = `is ${told}, but what it fetches is kept as revision ${folder}`;
      yield { object: workload.object, field: `${field}/env/${at}/value`, message };
    }
  }
}

function* unfetched(
  { object, namespace, pod }: Workload,
  { field, spec }: Container,
  awaited: string,
  jobs: readonly Workload[],
): Iterable<Problem> {
  const claims = claimsOf({ pod });
  const sources = jobs.filter((job) => job.namespace === namespace && claimsOf(job).some((claim) => claims.includes(claim)));
  const fetchers = sources.flatMap(({ containers }) => containers.filter(({ init }) => !init));
  const store = claimOf({ pod, spec }, awaited);
  const fetched = fetchers.flatMap((container) => [folderOf(container) ?? [], variable(container.spec, 'OLLAMA_MODELS') ?? []].flat());
  const mark = variable(spec, 'MODEL_MARK');
  const other = fetchers.find((each) => folderOf(each) === awaited && (variable(each.spec, 'MODEL_MARK') ?? '') !== (mark ?? ''));
  if (mark !== undefined && other !== undefined) {
    const at = records(spec.env).findIndex(({ name }) => name === 'MODEL_MARK');
    const message = `is "${mark}", and the Job leaves "${variable(other.spec, 'MODEL_MARK') ?? ''}" there: the server waits without end`;
    yield { object, field: `${field}/env/${at}/value`, message };
  }
  if (!fetched.includes(awaited)) {
    const at = records(spec.env).findIndex(({ name }) => name === 'MODEL_FOLDER');
    yield { object, field: `${field}/env/${at}/value`, message: `waits for ${awaited}, which no Job fetches${there(fetched)}` };
  }
  for (const { spec: fetcher, field: at, workload } of fetchers) {
    const kept = claimOf({ pod: workload.pod, spec: fetcher }, awaited);
    if (folderOf({ spec: fetcher }) === awaited && kept !== undefined && store !== undefined && kept !== store) {
      const message = `mounts claim "${kept}" where it puts ${awaited}, and servers wait for it on claim "${store}"`;
      yield { object: workload.object, field: `${at}/volumeMounts`, message };
    }
    const names = records(workload.pod.volumes).filter(({ persistentVolumeClaim }) => claims.includes(persistentVolumeClaim?.claimName));
    for (const [i, { name, readOnly }] of records(fetcher.volumeMounts).entries()) {
      if (readOnly !== true || !names.some((volume) => volume.name === name)) continue;
      yield {
        object: workload.object,
        field: `${at}/volumeMounts/${i}/readOnly`,
        message: 'is true: the Job could not write what servers wait for',
      };
    }
  }
}
