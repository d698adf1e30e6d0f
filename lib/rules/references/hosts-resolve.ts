import { type Data, escaped, isRecord } from '../fields';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import { there } from './there';

/** A Service's DNS name, perhaps of one pod of it, with the scheme before it and the port behind. */
const HOST =
  /(?:([a-z][a-z0-9+.-]*):\/\/(?:[^\s/@]*@)?)?(?<![\w.-])(?:[a-z0-9][a-z0-9-]*\.)?([a-z0-9][a-z0-9-]*)\.([a-z0-9][a-z0-9-]*)\.svc(?![\w-])([\w.-]*)(?::(\d+))?/g;

const STANDARD_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443 };

export const hostsResolve: Rule = {
  id: 'hosts-resolve',
  title: 'Every DNS name of a Service that a setting names leads to a Service and to a port of it.',
  why: 'A wrong host or port in a URL is seen by nobody but the program that uses it: at its first request, or at the first that needs it.',
  fix: 'Take the URL from the endpoint of the construct that answers.',
  *check(target) {
    // Services of addons are in no manifest: only a namespace with Services of ours can be judged.
    const namespaces = new Set([...target.services.values()].map(({ namespace }) => namespace));
    for (const object of target.objects) {
      const trail: string[] = [];
      const found: Problem[] = [];
      const visit = (value: Data): void => {
        if (typeof value === 'string') {
          if (!value.includes('.svc')) return;
          for (const message of faults(value, target, namespaces)) found.push({ object, field: `/${trail.join('/')}`, message });
        } else if (Array.isArray(value) || isRecord(value)) {
          for (const [field, child] of Object.entries(value)) {
            trail.push(escaped(field));
            visit(child);
            trail.pop();
          }
        }
      };
      visit(object);
      yield* found;
    }
  },
};

function* faults(text: string, target: TargetIndex, namespaces: ReadonlySet<string>): Iterable<string> {
  for (const [, scheme = '', name = '', namespace = '', domain = '', port] of text.matchAll(HOST)) {
    if (!namespaces.has(namespace)) continue;
    const service = target.services.get(`${namespace}/${name}`);
    const host = `${name}.${namespace}.svc${domain}`;
    const wanted = port === undefined ? STANDARD_PORTS[scheme] : Number(port);
    if (!/^(?:\.cluster\.local)?\.?$/.test(domain)) {
      yield `names "${host}", but names of Services end in .svc.cluster.local`;
    } else if (service === undefined) {
      const others = [...target.services.keys()].filter((id) => id.startsWith(`${namespace}/`)).map((id) => id.slice(namespace.length + 1));
      yield `names "${host}", but ${namespace} has no Service "${name}"${there(others)}`;
    } else if (wanted !== undefined && !service.ports.some((each) => each.port === wanted)) {
      yield `names port ${wanted} of "${host}"${there(service.ports.map((each) => `${each.name ?? ''} ${each.port}`.trim()))}`;
    }
  }
}
