import { record, records } from '../fields';
import { there } from '../references/there';
import type { Rule } from '../rule';
import type { Container } from '../workload';

/** How programs are told where to listen. */
const ARGUMENT = /^--?(?:(?:http-|listen-|metrics-)?port[= ]|web\.listen-address=\S*:|address=(?:0\.0\.0\.0|\[::\])?:)(\d+)$/;
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
      for (const [at, port] of told(container)) {
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
function* bound({ spec }: Container): Iterable<readonly [field: string, host: string]> {
  const { command, args } = record(spec);
  for (const [list, values] of Object.entries({ command, args })) {
    for (const [i, value] of (Array.isArray(values) ? values : []).entries()) {
      const [, host] = /^--?(?:host|bind|listen-address)[= ](.+)$/.exec(String(value)) ?? [];
      if (host !== undefined) yield [`/${list}/${i}`, host.replace(/:\d+$/, '')];
    }
  }
  for (const [i, { name, value }] of records(spec.env).entries()) {
    if (HOST.test(String(name)) && typeof value === 'string') yield [`/env/${i}/value`, value.replace(/:\d+$/, '')];
  }
}

function* told({ spec }: Container): Iterable<readonly [field: string, port: number]> {
  const { command, args } = record(spec);
  for (const [list, values] of Object.entries({ command, args })) {
    for (const [i, value] of (Array.isArray(values) ? values : []).entries()) {
      const [, port] = ARGUMENT.exec(String(value)) ?? [];
      if (port !== undefined) yield [`/${list}/${i}`, Number(port)];
    }
  }
  for (const [i, { name, value }] of records(spec.env).entries()) {
    const [, port] = VARIABLE.test(String(name)) ? (PORT.exec(String(value)) ?? []) : [];
    if (port !== undefined) yield [`/env/${i}/value`, Number(port)];
  }
}
