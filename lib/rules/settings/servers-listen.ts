import { type Data, record, records } from '../fields';
import { there } from '../references/there';
import type { Rule } from '../rule';
import type { Container } from '../workload';

/** How programs are told where to listen. */
const ARGUMENT = /^--?(?:(?:http-|listen-|metrics-)?port[= ]|(?:web\.listen-address|bind)[= ]\S*:|address=(?:0\.0\.0\.0|\[::\])?:)(\d+)$/;
const LONG = /^--?(?:(?:http-|listen-|metrics-)?port|host|bind|(?:web\.)?listen-address)$/;
const IN_SCRIPT = /(?:^|\s)(--(?:port|host|bind)[= ][^\s;&|]+)/g;

/** Where servers listen that nobody has told. */
const OWN_PORTS: Readonly<Record<string, number>> = { uvicorn: 8000, gunicorn: 8000, 'vllm serve': 8000, litellm: 4000 };

const VARIABLE = /^(?:PORT|[A-Z_]*(?:LISTEN|METRICS|HTTP|SERVER)_PORT|OLLAMA_HOST)$/;
const HOST = /^(?:HOST|[A-Z_]*(?:LISTEN|BIND)_(?:ADDR(?:ESS)?|HOST)|OLLAMA_HOST)$/;
const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|localhost|\[?::1\]?)$/;
const PORT = /^(?:.*:)?(\d+)$/;

export const serversListen: Rule = {
  id: 'servers-listen',
  title: 'A server is told to listen on ports that its container declares, and to others than itself.',
  why: 'Probes, Services and policies use the ports that the container declares: a server that listens on another port never becomes ready, and its metrics are never scraped.',
  fix: 'Write the port once in the construct, and use it for the argument or variable and for the container port.',
  alone: true,
  *check(target) {
    for (const container of target.containers()) {
      const ports = records(container.spec.ports).map(({ containerPort }) => Number(containerPort));
      if (ports.length === 0) continue;
      for (const [at, port] of [...told(container), ...unsaid(container)]) {
        if (ports.includes(port)) continue;
        const message = `makes container ${container.spec.name} listen on ${port}, a port that it does not declare${there(ports.map(String))}`;
        yield { object: container.workload.object, field: `${container.field}${at}`, message };
      }
      for (const [at, host] of bound(container)) {
        if (!LOOPBACK.test(host)) continue;
        const message = `makes container ${container.spec.name} listen on ${host}, where only the pod itself can reach it`;
        yield { object: container.workload.object, field: `${container.field}${at}`, message };
      }
    }
  },
};

/** The addresses that a server is told to listen on. */
function* bound(container: Container): Iterable<readonly [field: string, host: string]> {
  for (const [at, text] of options(container)) {
    const [, host] = /^--?(?:host|bind|listen-address)[= ](.+)$/.exec(text) ?? [];
    if (host !== undefined) yield [at, host.replace(/:\d+$/, '')];
  }
  for (const [i, { name, value }] of records(container.spec.env).entries()) {
    if (HOST.test(String(name)) && typeof value === 'string') yield [`/env/${i}/value`, value.replace(/:\d+$/, '')];
  }
}

function* told(container: Container): Iterable<readonly [field: string, port: number]> {
  for (const [at, text] of options(container)) {
    const [, port] = ARGUMENT.exec(text) ?? [];
    if (port !== undefined) yield [at, Number(port)];
  }
  for (const [i, { name, value }] of records(container.spec.env).entries()) {
    const [, port] = VARIABLE.test(String(name)) ? (PORT.exec(String(value)) ?? []) : [];
    if (port !== undefined) yield [`/env/${i}/value`, Number(port)];
  }
}

/** Every argument with its place; an option together with its value, `--port 8000`, also where they are two arguments or words of a script. */
function* options({ spec }: Container): Iterable<readonly [field: string, text: string]> {
  const { command, args } = record(spec);
  for (const [list, values] of Object.entries({ command, args })) {
    if (!Array.isArray(values)) continue;
    for (const [i, value] of values.entries()) {
      const text = String(value);
      yield [`/${list}/${i}`, text];
      if (LONG.test(text) && i + 1 < values.length) yield [`/${list}/${i + 1}`, `${text} ${values[i + 1]}`];
      for (const [, option = ''] of text.includes(' ') ? text.matchAll(IN_SCRIPT) : []) yield [`/${list}/${i}`, option];
    }
  }
}

/** A server that is started without a port listens on its own. */
function* unsaid(container: Container): Iterable<readonly [field: string, port: number]> {
  const [first = '', second] = commandOf(container.spec).map((word) => word.replace(/^.*\//, ''));
  const port = OWN_PORTS[first] ?? OWN_PORTS[`${first} ${second}`];
  const ports = [...told(container)].filter(([at]) => !at.startsWith('/env'));
  if (port !== undefined && ports.length === 0) yield ['/command', port];
}

const commandOf = ({ command, args }: Data): readonly string[] =>
  [command, args].flatMap((list) => (Array.isArray(list) ? list.map(String) : []));
