import { type Data, escaped, isRecord, record, records } from '../fields';
import type { Rule } from '../rule';

/** What a field may hold: one of some words, or anything of a kind. */
type Field = readonly string[] | 'count' | 'share' | 'flag' | 'text' | 'list' | 'map';

const WINDOWS = ['second', 'minute', 'hour', 'day', 'month', 'year'];

const REDIS: Readonly<Record<string, Field>> = {
  ...{ host: 'text', port: 'count', timeout: 'count', database: 'count', username: 'text', password: 'text' },
  ...{ ssl: 'flag', ssl_verify: 'flag', server_name: 'text' },
};

/** Fields of the plugins that are known here, as Kong 3.9 has them. Others are not judged. */
const PLUGINS: Readonly<Record<string, Readonly<Record<string, Field>>>> = {
  'rate-limiting': {
    ...Object.fromEntries(WINDOWS.map((window) => [window, 'count' as const])),
    limit_by: ['consumer', 'credential', 'ip', 'service', 'header', 'path', 'consumer-group'],
    policy: ['local', 'redis'],
    ...{ header_name: 'text', path: 'text', error_message: 'text', error_code: 'count', sync_rate: 'count' },
    ...{ fault_tolerant: 'flag', hide_client_headers: 'flag', redis: 'map' },
  },
  'request-size-limiting': {
    allowed_payload_size: 'count',
    size_unit: ['bytes', 'kilobytes', 'megabytes'],
    require_content_length: 'flag',
  },
  'request-termination': { status_code: 'count', message: 'text', body: 'text', content_type: 'text', echo: 'flag', trigger: 'text' },
  'correlation-id': { header_name: 'text', generator: ['uuid', 'uuid#counter', 'tracker'], echo_downstream: 'flag' },
  prometheus: Object.fromEntries(
    ['ai', 'bandwidth', 'latency', 'status_code', 'upstream_health', 'wasm']
      .map((kind) => [`${kind}_metrics`, 'flag' as const])
      .concat([['per_consumer', 'flag']]),
  ),
  cors: {
    ...{ origins: 'list', methods: 'list', headers: 'list', exposed_headers: 'list', max_age: 'count' },
    ...{ credentials: 'flag', preflight_continue: 'flag', private_network: 'flag' },
  },
  opentelemetry: {
    ...{ traces_endpoint: 'text', logs_endpoint: 'text', header_type: 'text', http_response_header_for_traceid: 'text' },
    ...{ headers: 'map', resource_attributes: 'map', propagation: 'map', queue: 'map', sampling_rate: 'share', sampling_strategy: 'text' },
    ...{ connect_timeout: 'count', send_timeout: 'count', read_timeout: 'count' },
  },
  'ip-restriction': { allow: 'list', deny: 'list', status: 'count', message: 'text' },
};

export const pluginsAreConfigured: Rule = {
  id: 'plugins-are-configured',
  title: 'The configuration of a Kong plugin has fields and values that the plugin knows, and none that leaves it without effect.',
  why: "Kong refuses the whole configuration for one field that a plugin does not know, keeps the configuration of before and reports it in the controller's log alone: new routes then never appear, on any gateway of the class.",
  fix: 'Take the plugin from lib/routing/ (RateLimiting, TokenAuthentication, PublicRoute), or spell the field as the documentation of the plugin does.',
  alone: true,
  *check(target) {
    for (const kind of ['KongPlugin', 'KongClusterPlugin']) {
      for (const object of target.all(`${kind}.configuration.konghq.com`)) {
        if (object['disabled'] === true) yield { object, field: '/disabled', message: 'is true: the plugin would do nothing' };
        const fields = PLUGINS[object['plugin']];
        if (fields === undefined || object['configFrom'] !== undefined) continue;
        for (const [at, message] of faults(object, fields)) yield { object, field: at, message };
      }
    }
  },
};

type Fault = readonly [field: string, message: string];

function* faults({ plugin, config, configPatches }: Data, fields: Readonly<Record<string, Field>>): Iterable<Fault> {
  const patched = records(configPatches).map(({ path }) => String(path));
  yield* misfits(record(config), fields, '/config');
  for (const [i, path] of patched.entries()) {
    const [, first = '', second] = path.split('/');
    const inner = fields[first] === 'map' ? REDIS : fields;
    if (inner[fields[first] === 'map' ? (second ?? '') : first] !== undefined) continue;
    yield [`/configPatches/${i}/path`, `is "${path}", a field that ${plugin} does not have`];
  }
  if (plugin === 'request-termination') yield* unreadable(record(config), patched.includes('/body'));
  if (plugin === 'rate-limiting') yield* unlimited(record(config), patched);
  if (plugin === 'request-size-limiting' && record(config).allowed_payload_size === undefined)
    yield ['/config/allowed_payload_size', 'is missing: Kong’s own is 128 megabytes'];
}

function* misfits(config: Data, fields: Readonly<Record<string, Field>>, at: string): Iterable<Fault> {
  for (const [name, value] of Object.entries(record(config))) {
    const field = fields[name];
    const where = `${at}/${escaped(name)}`;
    if (field === undefined) yield [where, `is no field of the plugin: it has ${Object.keys(fields).join(', ')}`];
    else if (typeof field !== 'string' && !field.includes(value))
      yield [where, `is ${JSON.stringify(value)}, not one of ${field.join(', ')}`];
    else if (typeof field === 'string' && !fits(value, field)) yield [where, `is ${JSON.stringify(value)}, ${NEEDS[field]}`];
    if (name === 'redis' && isRecord(value)) yield* misfits(value, REDIS, where);
  }
}

const NEEDS = {
  count: 'not a whole number above 0',
  share: 'not a number from 0 to 1',
  flag: 'neither true nor false',
  text: 'not a text',
  list: 'not a list',
  map: 'not a map',
} as const;

function fits(value: unknown, field: keyof typeof NEEDS): boolean {
  if (field === 'count') return Number.isInteger(value) && (value as number) > 0;
  if (field === 'share') return typeof value === 'number' && value >= 0 && value <= 1;
  if (field === 'flag') return typeof value === 'boolean';
  if (field === 'text') return typeof value === 'string';
  return field === 'list' ? Array.isArray(value) : isRecord(value);
}

/** What a plugin answers in the place of a server. */
function* unreadable({ status_code: status = 503, message, body, content_type: type }: Data, isPatched: boolean): Iterable<Fault> {
  if (!(status >= 100 && status <= 599)) yield ['/config/status_code', `is ${status}, which is no status of HTTP`];
  if (message !== undefined && (body !== undefined || type !== undefined))
    yield ['/config/message', 'is written beside a body, and Kong takes one of them'];
  if (type !== undefined && body === undefined && !isPatched) yield ['/config/body', 'is missing, of which content_type says what it is'];
  if (!String(type).includes('json') || typeof body !== 'string') return;
  try {
    JSON.parse(body);
  } catch {
    yield ['/config/body', `is no JSON, which ${type} says that it is`];
  }
}

function* unlimited(config: Data, patched: readonly string[]): Iterable<Fault> {
  if (!WINDOWS.some((window) => config[window] !== undefined)) yield ['/config', `names no limit: one of ${WINDOWS.join(', ')}`];
  if ((config.policy ?? 'local') === 'local' && config.redis !== undefined)
    yield ['/config/policy', 'is not redis, though one is named: each of Kong’s pods counts for itself, and lets the whole limit through'];
  if (config.policy === 'redis' && record(config.redis).host === undefined && !patched.includes('/redis/host'))
    yield ['/config/redis/host', 'is missing: there is no Redis to count in'];
  if (config.limit_by === 'header' && config.header_name === undefined) yield ['/config/header_name', 'is missing, by which it counts'];
}
