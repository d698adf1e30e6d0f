import { addressOf, destinationOf } from '../destinations';
import { type Data, record, records } from '../fields';
import type { Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import type { Container } from '../workload';

/** A file that a command of curl or hey sends: `-d @/payload/a.json`, `-D /payload/a.json`. */
const PAYLOAD = /(?:@|\s-D[ =]?)(\/[\w./-]+)/g;

export const hooksFindTester: Rule = {
  id: 'hooks-find-tester',
  title: 'The load tester runs what the webhooks of a release ask for, and has the payloads that they send.',
  why: 'The load tester refuses commands from other namespaces than its own, and a command without its payload sends nothing: the metrics have no value, and the version is rolled back.',
  fix: 'Take the URL and the payloads from LoadTester of lib/delivery/load-tester.ts, in the namespace of the release.',
  *check(target) {
    for (const { canary: object, namespace } of target.releases) {
      for (const [i, webhook] of records(record(object.spec).analysis?.webhooks).entries()) {
        const tester = testerOf(webhook, namespace, target);
        if (tester === undefined) continue;
        const field = `/spec/analysis/webhooks/${i}`;
        const allowed = allowedNamespaces(tester);
        if (allowed !== undefined && !allowed.test(namespace)) {
          const message = `asks ${tester.workload.object.metadata.name}, which runs commands of namespaces ${allowed.source} alone`;
          yield { object, field: `${field}/url`, message };
        }
        for (const [, path = ''] of String(record(webhook.metadata).cmd ?? '').matchAll(PAYLOAD)) {
          if (holds(tester, path, target)) continue;
          yield {
            object,
            field: `${field}/metadata/cmd`,
            message: `sends ${path}, which no ConfigMap puts into ${tester.workload.object.metadata.name}`,
          };
        }
      }
    }
  },
};

/** The container that a hook is sent to, where it is one of ours. */
function testerOf({ url }: Data, namespace: string, target: TargetIndex): Container | undefined {
  const destination = destinationOf(addressOf(String(url))?.host ?? '', namespace, target);
  if (destination.kind !== 'pods') return undefined;
  for (const { object, containers } of target.workloads) {
    if (destination.workloads.includes(object)) return containers.find(({ init }) => !init);
  }
  return undefined;
}

function allowedNamespaces({ spec }: Container): RegExp | undefined {
  for (const text of [spec.command, spec.args].flat()) {
    const [, pattern] = /^-namespace-regexp=(.+)$/.exec(String(text)) ?? [];
    try {
      if (pattern !== undefined) return new RegExp(pattern);
    } catch {
      return undefined; // what is no expression, the tester itself refuses
    }
  }
  return undefined;
}

/** Whether a file is a key of a ConfigMap that is mounted above it. Files of images are nobody's here. */
function holds({ spec, workload }: Container, path: string, target: TargetIndex): boolean {
  for (const { name, mountPath } of records(spec.volumeMounts)) {
    if (typeof mountPath !== 'string' || !path.startsWith(`${mountPath}/`)) continue;
    const volume = records(workload.pod.volumes).find((each) => each.name === name);
    const configMap = record(volume).configMap?.name;
    if (configMap === undefined) return true;
    const { data } = record(target.find('ConfigMap', workload.namespace, configMap));
    return Object.hasOwn(record(data), path.slice(mountPath.length + 1));
  }
  return true;
}
