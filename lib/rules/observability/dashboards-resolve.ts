import type { Manifest } from '../../kubernetes/manifest';
import { type Dashboard, dashboardsIn } from '../dashboards';
import { type Data, record, records } from '../fields';
import { there } from '../references/there';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';

/** A variable in a query, in any of the ways to write it. */
const VARIABLE = /\$(\w+)|\$\{(\w+)(?::\w+)?\}|\[\[(\w+)\]\]/g;

/** Variables that Grafana has by itself. */
const OF_GRAFANA = /^__/;

/** A source in the file that provisions them. */
const PROVISIONED = /^\s+uid: ["']?([\w-]+)["']?\s*$/gm;

/** Dashboards that do not err all together. */
const MANY = 3;

/** Sources that Grafana has by itself. */
const BUILT_IN = ['-- Grafana --', '-- Mixed --', '-- Dashboard --', 'grafana'];

export const dashboardsResolve: Rule = {
  id: 'dashboards-resolve',
  title: 'Every dashboard has a name of its own, and asks sources and uses variables that there are.',
  why: 'Of two dashboards with one uid Grafana keeps the one that it reads last; a source of another Grafana is not found, and a variable that is not defined is asked for by its name: panels stay empty, and look as if nothing happened.',
  fix: 'Take uid and source from lib/monitoring/, and define each variable in templating.list.',
  *check(target) {
    const { known, files } = sourcesOf(target);
    const taken = new Map<string, string>();
    const missing = new Map<string, Problem[]>();
    for (const object of target.all('ConfigMap')) {
      for (const dashboard of dashboardsIn(object)) {
        const { field, content } = dashboard;
        yield* ofName(object, dashboard, taken);
        const { sources, variable } = namesIn(content);
        if (variable !== undefined) yield { object, field, message: variable };
        for (const uid of files.length === 0 ? [] : sources.filter((each) => !known.includes(each))) {
          const message = `asks the source "${uid}", which Grafana is not told of${there(known, uid)}`;
          missing.set(uid, [...(missing.get(uid) ?? []), { object, field, message }]);
        }
      }
    }
    const [file] = files;
    for (const [uid, problems] of missing) {
      // Where many ask for it, it is the source that has another name.
      if (problems.length < MANY || file === undefined) yield* problems;
      else yield { ...file, message: `tells Grafana of no source "${uid}", which ${problems.length} dashboards ask${there(known, uid)}` };
    }
  },
};

/** What Grafana is told to ask, by uid, and where it is told so. */
function sourcesOf(target: TargetIndex) {
  const files = target
    .all('ConfigMap')
    .flatMap((object) =>
      Object.entries(record(object.data)).flatMap(([name, text]) =>
        typeof text === 'string' && /^datasources:/m.test(text) ? [{ object, field: `/data/${name}`, text }] : [],
      ),
    );
  const known = files.flatMap(({ text }) => [...text.matchAll(PROVISIONED)].map(([, uid = '']) => uid));
  return { known, files: files.map(({ object, field }) => ({ object, field })) };
}

function* ofName(object: Manifest, { field, content: { uid, title } }: Dashboard, taken: Map<string, string>): Iterable<Problem> {
  if (typeof uid !== 'string') return;
  const other = taken.get(uid);
  if (other !== undefined) yield { object, field, message: `has uid "${uid}", as the dashboard "${other}" has: Grafana keeps one of them` };
  taken.set(uid, String(title));
}

/** Sources that a dashboard asks, and what is wrong with the variables that it uses. */
function namesIn(content: Data): { readonly sources: readonly string[]; readonly variable: string | undefined } {
  const defined = records(record(content.templating).list);
  const asked = new Set<string>();
  const used = new Set<string>();
  for (const { datasource, targets } of [...records(content.panels), ...defined]) {
    for (const { datasource: own, expr } of [{ datasource }, ...records(targets)]) {
      const { uid } = record(own);
      if (typeof uid === 'string' && !BUILT_IN.includes(uid) && !uid.startsWith('$')) asked.add(uid);
      for (const [, plain, braced, bracketed] of String(expr ?? '').matchAll(VARIABLE)) used.add(plain ?? braced ?? bracketed ?? '');
    }
  }
  const variables = defined.map(({ name }) => String(name));
  const unknown = [...used].find((name) => !variables.includes(name) && !OF_GRAFANA.test(name));
  const variable = unknown && `uses $${unknown}, a variable that it does not define${there(variables, unknown)}`;
  return { sources: [...asked], variable };
}
