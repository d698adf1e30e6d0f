import type { Manifest } from '../../kubernetes/manifest';
import { records } from '../fields';
import { type ConfigFile, filesMountedBy } from '../file-settings';
import { perText } from '../per-text';
import { there } from '../references/there';
import type { Rule } from '../rule';

/** How files have a program listen to everybody: an address with a port, a host with a port below it, or a port that is called so. */
const ADDRESS = /(?<![\w.])(?:0\.0\.0\.0|\[::\]|\*):(\d+)/g;
const BELOW_HOST = /^([ \t-]*)host:[ \t]*["']?(?:0\.0\.0\.0|::)["']?[ \t]*\n\1port:[ \t]*(\d+)/gm;
const NAMED = /^[ \t]*(?:http_)?listen_port:[ \t]*(\d+)/gm;
const OF_MONGODB = /^net:\n(?:[ \t]+.*\n)*?[ \t]+port:[ \t]*(\d+)/gm;
const OF_REDIS = /^port[ \t]+([1-9]\d*)/gm;

/** An address at which only the pod itself is answered. */
const LOOPBACK = /\bendpoint:[ \t]*["']?(localhost|127\.0\.0\.1|\[::1\]):(\d+)/g;

/** What only the files of an OpenTelemetry Collector have, which listens where its file says and nowhere else. */
const COLLECTOR = /^service:\n(?:.*\n)*?[ \t]+pipelines:/m;

interface Listening {
  readonly ports: readonly number[];
  readonly alone: readonly { readonly host: string; readonly port: number }[];
  readonly isCollector: boolean;
}

export const filesListen: Rule = {
  id: 'files-listen',
  title: 'A configuration file has its program listen on the ports that the container declares, and to others than its pod.',
  why: 'Probes, Services and policies use the ports that the container declares: a program whose file says another one is restarted for ever, or runs and is never asked.',
  fix: 'Write the port once in the construct, and use it for the file and for the container port.',
  *check(target) {
    for (const workload of target.workloads) {
      for (const { file, containers } of filesMountedBy(workload, target)) {
        const declared = containers.flatMap(({ spec }) => records(spec.ports).map(({ containerPort }) => Number(containerPort)));
        if (declared.length === 0) continue;
        const readers = containers.map(({ spec }) => spec.name).join(', ');
        for (const message of faults(listening(file.text), declared, readers)) yield problem(file, message);
      }
    }
  },
};

const problem = ({ object, field }: ConfigFile, message: string): { object: Manifest; field: string; message: string } => ({
  ...{ object, field, message },
});

function* faults({ ports, alone, isCollector }: Listening, declared: readonly number[], readers: string): Iterable<string> {
  const others = ports.filter((port) => !declared.includes(port));
  for (const port of others)
    yield `makes container ${readers} listen on ${port}, a port that it does not declare${there(declared.map(String))}`;
  const unheard = alone.filter(({ port }) => declared.includes(port));
  for (const { host, port } of unheard)
    yield `makes container ${readers} listen on ${host}:${port}, where only the pod itself can reach it`;
  if (!isCollector || others.length > 0 || unheard.length > 0) return;
  for (const port of declared)
    if (!ports.includes(port)) yield `has nothing listen on ${port}, a port that container ${readers} declares${there(ports.map(String))}`;
}

const listening = perText((text): Listening => {
  const of = (shape: RegExp, group = 1): number[] => [...text.matchAll(shape)].map((found) => Number(found[group]));
  return {
    ports: [...new Set([...of(ADDRESS), ...of(BELOW_HOST, 2), ...of(NAMED), ...of(OF_MONGODB), ...of(OF_REDIS)])],
    alone: [...text.matchAll(LOOPBACK)].map(([, host = '', port]) => ({ host, port: Number(port) })),
    isCollector: COLLECTOR.test(text),
  };
});
