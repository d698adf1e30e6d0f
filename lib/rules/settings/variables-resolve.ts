import { type Data, record, records } from '../fields';
import { type ConfigFile, filesOf } from '../file-settings';
import { perText } from '../per-text';
import { there } from '../references/there';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import type { Container, Workload } from '../workload';

/** What a shell, kubelet and the image's own settings are taken to provide. */
const PROVIDED = /^(?:HOME|HOSTNAME|PATH|PWD|IFS|LANG|LC_\w+|TZ|USER|SHELL|UID|RANDOM|OPTARG|OPTIND|KUBERNETES_\w+)$/;

/** `$NAME` and `${NAME}`, but not what has a default: `${NAME:-x}`. */
const IN_SHELL = /\$(?:([A-Z][A-Z0-9_]+)|\{([A-Z][A-Z0-9_]+)\})/g;
const IN_POD = /\$\(([A-Za-z_][A-Za-z0-9_]*)\)/g;

/** What files take from the environment, as LiteLLM, a collector of OpenTelemetry and Grafana write it. */
const IN_FILES =
  /\b\w*_from_env_var:[ \t]*["']?([A-Za-z_][A-Za-z0-9_]*)|\bos\.environ\/([A-Za-z_][A-Za-z0-9_]*)|\$\{env:([A-Za-z_][A-Za-z0-9_]*)\}|\$__env\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

export const variablesResolve: Rule = {
  id: 'variables-resolve',
  title: 'Every environment variable that a command, a script, a configuration file or a webhook uses is set.',
  why: 'Kubernetes leaves $(NAME) as it is if nothing sets NAME, a shell and a collector replace it with nothing or stop, and LiteLLM then sends no key: all of that shows only at the first request.',
  fix: 'Set the variable in the env of the container, or correct the name.',
  *check(target) {
    for (const workload of target.workloads) {
      const files = filesOf(workload, target);
      for (const container of workload.containers) {
        const known = variablesOf(container, target);
        if (known === undefined) continue;
        yield* inPod(container, known);
        yield* inFiles(workload, container, files, known);
      }
    }
    yield* inWebhooks(target);
  },
};

/** Names of a container's variables; undefined where a Secret as a whole may bring any. */
function variablesOf({ spec, workload }: Container, target: TargetIndex): ReadonlySet<string> | undefined {
  const names = new Set(records(spec.env).map(({ name }) => String(name)));
  for (const { configMapRef, prefix = '' } of records(spec.envFrom)) {
    const configMap = configMapRef ? target.find('ConfigMap', workload.namespace, String(configMapRef.name)) : undefined;
    if (configMap === undefined) return undefined;
    for (const key of Object.keys(record(configMap.data))) names.add(`${prefix}${key}`);
  }
  return names;
}

function* inPod({ spec, field, workload: { object } }: Container, known: ReadonlySet<string>): Iterable<Problem> {
  const message = (name: string): string => `uses $(${name}), which the container does not set, or only further down${there(known, name)}`;
  const earlier = new Set<string>();
  for (const [i, { name, value }] of records(spec.env).entries()) {
    for (const used of namesIn(IN_POD, value)) {
      if (!earlier.has(used)) yield { object, field: `${field}/env/${i}/value`, message: message(used) };
    }
    earlier.add(String(name));
  }
  for (const [at, text] of commandOf(spec)) {
    for (const used of namesIn(IN_POD, text)) if (!known.has(used)) yield { object, field: `${field}${at}`, message: message(used) };
  }
}

/** Scripts that the container runs, and files that take values from the environment of whoever has them mounted. */
function* inFiles(
  { object, pod }: Workload,
  { spec, init }: Container,
  files: readonly ConfigFile[],
  known: ReadonlySet<string>,
): Iterable<Problem> {
  const command = commandOf(spec)
    .map(([, text]) => text)
    .join('\n');
  for (const { object: configMap, field, text } of files) {
    const file = field.slice(field.lastIndexOf('/') + 1);
    const isScript = file.endsWith('.sh') && command.includes(file);
    const used = isScript ? inScript(text) : init ? [] : inFile(text);
    if (used.length === 0 || !(isScript || mounts(pod, spec, configMap.metadata.name))) continue;
    for (const name of new Set(used)) {
      if (known.has(name)) continue;
      const reader = `container ${spec.name} of ${object.kind}/${object.metadata.name}`;
      yield { object: configMap, field, message: `uses ${name}, which ${reader} does not set${there(known, name)}` };
    }
  }
}

const inFile = perText((text): readonly string[] => namesIn(IN_FILES, text));

/** Whether a container has the files of a ConfigMap in one of its folders. */
const mounts = (pod: Data, container: Data, configMap: string): boolean =>
  records(pod.volumes).some(
    ({ name: volume, configMap: source }) =>
      source?.name === configMap && records(container.volumeMounts).some(({ name }) => name === volume),
  );

const inScript = perText((text): readonly string[] => {
  const code = text.replace(/(?:^|\s)#.*$/gm, '');
  return namesIn(IN_SHELL, code).filter(
    (name) => !PROVIDED.test(name) && !new RegExp(`(?:^|[\\s;])${name}=|\\bread ${name}\\b`, 'm').test(code),
  );
});

/** Flagger's load tester runs the commands of webhooks with its own variables. */
function* inWebhooks(target: TargetIndex): Iterable<Problem> {
  for (const { canary: object, namespace } of target.releases) {
    for (const [i, { url, metadata }] of records(object.spec?.analysis?.webhooks).entries()) {
      const [, name, where = namespace] = /^https?:\/\/([a-z0-9-]+)(?:\.([a-z0-9-]+))?/.exec(String(url)) ?? [];
      const selector = record(target.find('Service', where, name ?? '')?.spec?.selector);
      const workload = target.workloads.find((each) => each.namespace === where && matches(each, selector));
      const known = workload?.containers[0] && variablesOf(workload.containers[0], target);
      if (known === undefined || workload === undefined) continue;
      for (const used of namesIn(IN_SHELL, metadata?.cmd)) {
        if (known.has(used) || PROVIDED.test(used)) continue;
        const message = `uses $${used}, which Deployment/${workload.object.metadata.name} does not set${there(known, used)}`;
        yield { object, field: `/spec/analysis/webhooks/${i}/metadata/cmd`, message };
      }
    }
  }
}

const matches = ({ labels }: Workload, selector: Readonly<Record<string, unknown>>): boolean =>
  Object.keys(selector).length > 0 && Object.entries(selector).every(([key, value]) => labels[key] === value);

const namesIn = (shape: RegExp, text: unknown): readonly string[] =>
  typeof text === 'string' ? [...text.matchAll(shape)].map(([, ...names]) => names.find((name) => name !== undefined) ?? '') : [];

const commandOf = ({ command, args }: Data): readonly (readonly [field: string, text: string])[] =>
  Object.entries({ command, args }).flatMap(([list, values]) =>
    (Array.isArray(values) ? values : []).map((value, i) => [`/${list}/${i}`, String(value)] as const),
  );
