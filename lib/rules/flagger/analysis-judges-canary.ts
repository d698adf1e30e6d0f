import type { Manifest } from '../../kubernetes/manifest';
import { primary } from '../canary';
import { record, records } from '../fields';
import type { Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import type { Workload } from '../workload';

/** A label selector of PromQL; braces within strings are text. */
const SELECTOR = /\{((?:[^{}"]|"(?:[^"\\]|\\.)*")*)\}/g;
const MATCHER = /([\w:]+)\s*(=~|=|!=|!~)\s*"((?:[^"\\]|\\.)*)"/g;

/** What controllers append to a workload's name. */
const SUFFIXES: Readonly<Record<string, string>> = {
  Deployment: '-7d9f8c6b5d-x2k4q',
  StatefulSet: '-0',
  DaemonSet: '-x2k4q',
  Job: '-x2k4q',
};

export const analysisJudgesCanary: Rule = {
  id: 'analysis-judges-canary',
  title: 'The queries of an analysis read the pods of the canary, all of them and no others.',
  why: 'The canary has a small part of the traffic: a query that counts the pods of the primary as well hides its errors, and every version passes.',
  fix: 'Select namespace="{{ namespace }}", pod=~"{{ target }}-[a-z0-9]+-[a-z0-9]+" in every selector: names of primary pods have one part more and do not match.',
  *check(target) {
    const judged = new Set<Manifest>();
    for (const { canary, namespace, target: name, workload } of target.releases) {
      for (const { templateRef } of records(record(canary.spec).analysis?.metrics)) {
        const object = target.find('MetricTemplate.flagger.app', templateRef?.namespace ?? namespace, templateRef?.name);
        if (object === undefined || judged.has(object) || object.spec?.provider?.type !== 'prometheus') continue;
        judged.add(object);
        const message = fault(String(object.spec.query), namespace, name, workload, target);
        if (message !== undefined) yield { object, field: '/spec/query', message };
      }
    }
  },
};

function fault(query: string, namespace: string, name: string, released: Workload | undefined, target: TargetIndex): string | undefined {
  const rendered = query.replaceAll(/\{\{\s*(\w+)[^}]*\}\}/g, (_, word) => ({ namespace, target: name, name })[String(word)] ?? '1m');
  const selectors = [...rendered.matchAll(SELECTOR)].map(([, inner = '']) => inner);
  if (selectors.length === 0) return 'selects no pods: it would judge all of them';

  const own = name + SUFFIXES.Deployment;
  for (const selector of selectors) {
    const matchers = [...selector.matchAll(MATCHER)].map(([, label, operator = '', text = '']) => ({
      label,
      test: matcher(operator, text),
    }));
    const reads = (label: string, value: string): boolean => matchers.every((each) => each.label !== label || each.test(value));
    const has = (label: string): boolean => matchers.some((each) => each.label === label);

    const shown = `{${selector.trim()}}`;
    if (!has('namespace')) return `does not select a namespace in ${shown}: pods of that name elsewhere count as well`;
    if (!reads('namespace', namespace)) return `selects another namespace than ${namespace} in ${shown}`;
    if (!has('pod')) return `selects no pods in ${shown}: those of the primary count as well`;
    if (!reads('pod', own)) return `does not select the pods of the canary, such as ${own}, in ${shown}`;
    if (reads('pod', primary(name) + SUFFIXES.Deployment))
      return `selects pods of the primary too, such as ${primary(name)}${SUFFIXES.Deployment}, in ${shown}`;

    const other = target.workloads.find((workload) => {
      const { kind, metadata } = workload.object;
      return (
        workload !== released && workload.namespace === namespace && reads('pod', metadata.name + (SUFFIXES[kind] ?? '-29000000-x2k4q'))
      );
    });
    if (other !== undefined) return `selects pods of ${other.object.kind}/${other.object.metadata.name} too in ${shown}`;
  }
  return undefined;
}

function matcher(operator: string, text: string): (value: string) => boolean {
  const wanted = !operator.startsWith('!');
  if (!operator.includes('~')) return (value) => (value === text) === wanted;
  try {
    const pattern = new RegExp(`^(?:${text.replaceAll('\\\\', '\\')})$`);
    return (value) => pattern.test(value) === wanted;
  } catch {
    return () => true; // the grammar of a query is the business of another rule
  }
}
