import { records } from '../fields';
import type { Rule } from '../rule';
import type { Container } from '../workload';

/** What a program must be told. */
interface Demand {
  readonly name: string;

  /** @default - whatever it is, it must be there */
  readonly value?: RegExp;

  /** Whether it may be left out. */
  readonly optional?: boolean;

  /** What happens otherwise. */
  readonly otherwise: string;
}

interface Program {
  /** What its image is called. */
  readonly image: RegExp;

  /** Which of its containers: images also run set-ups and checks. */
  readonly command?: RegExp;
  readonly demands: readonly Demand[];
}

/** What a program that sees prompts, answers and keys writes to its log when it is asked for details. */
const QUIET = {
  value: /^(?!(?:debug|trace|verbose|all|1|true)$)/i,
  optional: true,
  otherwise: 'it writes prompts and keys to its log',
} as const;

const TRUE = /^(?:true|1)$/i;
const FALSE = /^false$/i;

const OPEN_WEBUI = /\/open-webui[\w-]*backend[\w-]*:|\/open-webui:/;

/** Programs that run on this platform, with what they must be told wherever they run. */
const PROGRAMS: readonly Program[] = [
  {
    image: /\/vllm-openai:/,
    command: /\bvllm serve\b/,
    demands: [
      { name: 'VLLM_API_KEY', otherwise: 'the engine answers whoever reaches it' },
      { name: 'HF_HUB_OFFLINE', value: TRUE, otherwise: 'it looks for its model on the hub, not in the verified folder' },
      { name: 'VLLM_NO_USAGE_STATS', value: TRUE, otherwise: 'it reports to its authors what it runs on' },
      { name: 'VLLM_LOGGING_LEVEL', ...QUIET },
    ],
  },
  {
    image: /\/litellm[\w-]*:/,
    command: /--config=/,
    demands: [
      { name: 'LITELLM_MASTER_KEY', otherwise: 'whoever reaches it may ask everything, and make keys' },
      { name: 'LITELLM_MODE', value: /^PRODUCTION$/, otherwise: 'it reads settings from files that a developer left' },
      { name: 'LITELLM_LOG', ...QUIET, optional: false },
      { name: 'DETAILED_DEBUG', ...QUIET },
      { name: 'DEBUG', ...QUIET },
      { name: 'DISABLE_SCHEMA_UPDATE', value: TRUE, otherwise: 'each of its pods changes the schema when it starts' },
    ],
  },
  {
    image: /\/litellm[\w-]*:/,
    command: /--skip_server_startup\b/,
    demands: [
      { name: 'DATABASE_URL', otherwise: 'it has no database to change the schema of' },
      {
        name: 'DISABLE_SCHEMA_UPDATE',
        value: FALSE,
        optional: true,
        otherwise: 'it ends well and has changed nothing, and no other pod changes the schema',
      },
    ],
  },
  {
    image: OPEN_WEBUI,
    command: /\balembic\b/,
    demands: [
      { name: 'DATABASE_URL', otherwise: 'it changes the schema of a file that goes with its pod' },
      { name: 'ENABLE_DB_MIGRATIONS', value: TRUE, optional: true, otherwise: 'tables of older versions are not brought up to date first' },
    ],
  },
  {
    image: OPEN_WEBUI,
    command: /^(?!.*\balembic\b)/,
    demands: [
      { name: 'WEBUI_SECRET_KEY', otherwise: 'each pod signs sessions with a key of its own, and users are logged out' },
      { name: 'DATABASE_URL', otherwise: 'each pod keeps chats in a file of its own' },
      { name: 'ENABLE_DB_MIGRATIONS', value: FALSE, otherwise: 'each of its pods changes the schema when it starts' },
      { name: 'ENABLE_PERSISTENT_CONFIG', value: FALSE, otherwise: 'what was once saved in its database wins over what Git says' },
      { name: 'GLOBAL_LOG_LEVEL', ...QUIET },
      { name: 'OFFLINE_MODE', value: TRUE, otherwise: 'it waits for hosts that no policy lets it reach' },
    ],
  },
  {
    image: /\/redis_exporter:/,
    demands: [{ name: 'REDIS_PASSWORD', otherwise: 'Redis refuses to tell it anything, and alerts take that for an outage' }],
  },
  {
    image: /\/library\/redis:/,
    demands: [{ name: 'REDISCLI_AUTH', otherwise: 'the probes are not let in, and the pod is restarted for ever' }],
  },
  {
    image: /\/ollama\/ollama:/,
    command: /^$/,
    demands: [
      { name: 'OLLAMA_NOPRUNE', value: TRUE, otherwise: 'it removes what the Job has fetched for it when it starts' },
      { name: 'OLLAMA_DEBUG', ...QUIET },
    ],
  },
];

export const programsKeepSettings: Rule = {
  id: 'programs-keep-settings',
  title: 'Every program is told what its safety and its pods depend on, wherever it runs.',
  why: 'A variable that is left out or turned is no error: the program starts, and does what it does on the laptop of whoever wrote it.',
  fix: 'Take the container from the construct of the program, which sets what it needs.',
  alone: true,
  *check(target) {
    for (const container of target.containers()) {
      if (container.init || records(container.spec.envFrom).some(({ secretRef }) => secretRef !== undefined)) continue;
      const program = programOf(container);
      if (program === undefined) continue;
      const { object } = container.workload;
      const env = records(container.spec.env);
      for (const [at, argument] of loud(container))
        yield { object, field: `${container.field}${at}`, message: `is ${argument}: ${QUIET.otherwise}` };
      for (const { name, value, optional, otherwise } of program.demands) {
        const at = env.findIndex((each) => each.name === name);
        const told = env[at];
        if (told === undefined && optional !== true)
          yield { object, field: `${container.field}/env`, message: `lacks ${name}: ${otherwise}` };
        if (told === undefined) continue;
        if (value !== undefined && told.valueFrom === undefined && !value.test(String(told.value ?? '')))
          yield { object, field: `${container.field}/env/${at}/value`, message: `is "${told.value}": ${otherwise} (${name})` };
      }
    }
  },
};

/** Arguments by which programs are asked for details. */
const LOUD = /^--?(?:detailed_debug|debug|verbose|enable-log-requests|enable-log-outputs|(?:uvicorn-)?log-level[= ](?:debug|trace))$/i;

function* loud({ spec }: Container): Iterable<readonly [field: string, argument: string]> {
  for (const list of ['command', 'args']) {
    for (const [i, argument] of (Array.isArray(spec[list]) ? spec[list] : []).entries())
      if (LOUD.test(String(argument))) yield [`/${list}/${i}`, argument];
  }
}

function programOf({ spec }: Container): Program | undefined {
  const command = [spec.command, spec.args].flatMap((each) => (Array.isArray(each) ? each : [])).join(' ');
  return PROGRAMS.find((each) => each.image.test(String(spec.image)) && (each.command?.test(command) ?? true));
}
