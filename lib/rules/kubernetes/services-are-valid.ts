import { parseAllDocuments } from 'yaml';

import { durationSeconds } from '../durations';
import { type Data, record, records } from '../fields';
import { CLUSTER_CONFIG_MAPS } from '../known-externals';
import { perText } from '../per-text';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import { isPort, twice } from './pods-are-valid';

const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const YAML_FILE = /\.ya?ml$/;
const KEY = /^[-._a-zA-Z0-9]{1,253}$/;

export const servicesAreValid: Rule = {
  id: 'services-are-valid',
  title: 'Every Service, ConfigMap and ExternalSecret has ports, keys and values that the API server and their readers take.',
  why: 'The API server refuses the object, or the program that reads it fails. The pods of a StatefulSet have DNS names only if its Service has clusterIP: None.',
  fix: 'Correct the field that is named; values of a ConfigMap are texts, and files that end with .json or .yaml must parse.',
  *check(target) {
    const headless = new Set(target.all('StatefulSet.apps').map(({ metadata, spec }) => `${metadata.namespace}/${spec?.serviceName}`));
    for (const object of target.all('Service')) {
      const isOfSet = headless.has(`${object.metadata.namespace}/${object.metadata.name}`);
      for (const [at, message] of ofService(record(object.spec), isOfSet)) yield { object, field: `/spec${at}`, message };
    }
    for (const object of target.all('ConfigMap')) {
      if (CLUSTER_CONFIG_MAPS.has(object.metadata.name)) continue;
      for (const [key, value] of Object.entries(record(object.data))) {
        const field = `/data/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
        if (!KEY.test(key)) yield { object, field, message: 'is no key of a ConfigMap, which has letters, digits, ".", "_" and "-" alone' };
        if (typeof value !== 'string') yield { object, field, message: `is ${JSON.stringify(value)}, not a text: put it into quotes` };
        else if (key.endsWith('.json') && faultOfJson(value) !== '') yield { object, field, message: `is no JSON: ${faultOfJson(value)}` };
        else if (YAML_FILE.test(key) && faultOfYaml(value) !== '') yield { object, field, message: `is no YAML: ${faultOfYaml(value)}` };
      }
    }
    yield* ofSecrets(target);
  },
};

function* ofService({ type = 'ClusterIP', ports: list, selector, clusterIP }: Data, isOfSet: boolean): Iterable<readonly [string, string]> {
  if (!TYPES.includes(type)) yield ['/type', `is "${type}", not one of ${TYPES.join(', ')}`];
  if (type === 'ExternalName') return;
  if (Object.keys(record(selector)).length === 0) yield ['/selector', 'is missing: the Service would have no endpoints'];
  if (isOfSet && clusterIP !== 'None')
    yield ['/clusterIP', `is ${JSON.stringify(clusterIP) ?? 'missing'}, not None: the pods of its StatefulSet would have no DNS names`];

  const ports = records(list);
  const identified = ports.map((port) => ({ ...port, id: `${port.port}/${port.protocol ?? 'TCP'}` }));
  yield* twice(identified, 'id', (i, id) => [`/ports/${i}/port`, `is ${id} a second time`] as const);
  yield* twice(ports, 'name', (i, name) => [`/ports/${i}/name`, `is "${name}" a second time`] as const);
  for (const [i, { port, targetPort, name }] of ports.entries()) {
    // Clients of such a Service get the addresses of pods, and call them at the port of the Service.
    if (clusterIP === 'None' && typeof targetPort === 'number' && targetPort !== port)
      yield [
        `/ports/${i}/targetPort`,
        `is ${targetPort}, and without an address of its own the Service translates no port: clients call the pods at ${port}`,
      ];
    if (!isPort(port)) yield [`/ports/${i}/port`, `is ${JSON.stringify(port)}, not a port from 1 to 65535`];
    if (ports.length > 1 && name === undefined)
      yield [`/ports/${i}/name`, 'is missing, and a Service with several ports needs a name for each'];
  }
}

function* ofSecrets(target: TargetIndex): Iterable<Problem> {
  for (const object of target.all('ExternalSecret.external-secrets.io')) {
    const { refreshInterval: every, data } = record(object.spec);
    if (every !== undefined && every !== '0' && Number.isNaN(durationSeconds(every))) {
      yield { object, field: '/spec/refreshInterval', message: `is "${every}", which is no duration such as 1h` };
    }
    yield* twice(records(data), 'secretKey', (i, key) => ({
      object,
      field: `/spec/data/${i}/secretKey`,
      message: `is "${key}" a second time`,
    }));
  }
}

const faultOfJson = perText((text): string => {
  try {
    JSON.parse(text);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
});

/** Values that decide nothing about whether a file parses, and differ from region to region: words alone, up to the end of their line. */
const PLAIN_VALUE = /^(\s*(?:- )*[\w.-]+: )[\w/](?:[\w./:-]*[\w./-])?$/gm;

/** What is wrong with a YAML file, and where; what a program renders before it reads it cannot be judged. */
const faultOfYaml = (text: string): string => (text.includes('{{') ? '' : firstFault(text.replace(PLAIN_VALUE, '$1x')));

const firstFault = perText((text): string => {
  const [error] = parseAllDocuments(text).flatMap(({ errors }) => errors);
  return error?.message.split(':\n')[0] ?? '';
});
