import { type Data, record, records } from '../fields';
import { there } from '../references/there';
import type { Rule } from '../rule';
import { selectsLabels } from '../selector';
import type { TargetIndex } from '../target-index';
import type { Workload } from '../workload';

/** Variables that tell a program how its users reach it. */
const PUBLIC = /^(?:WEBUI_URL|CORS_ALLOW_ORIGIN|PROXY_BASE_URL|PUBLIC_URL|ROOT_URL|GF_SERVER_ROOT_URL)$/;

/** What a program of several pages is told of one origin, which has no path. */
const ORIGIN = 'CORS_ALLOW_ORIGIN';

/** How Grafana is told its address, and that it answers below the path of it. */
const ROOT_URL = 'GF_SERVER_ROOT_URL';
const BELOW_PATH = 'GF_SERVER_SERVE_FROM_SUB_PATH';

const HTTP_ROUTE = 'HTTPRoute.gateway.networking.k8s.io';

export const publicUrlsLeadBack: Rule = {
  id: 'public-urls-lead-back',
  title: 'A program that is told its public address is told one whose requests a route brings to it.',
  why: 'The program makes links in mails, redirects after a login and the allowed origin of browsers of this address: with another host users end on a page that does not exist, and browsers refuse every answer.',
  fix: 'Take the address from the host of the route, as KivaChart of lib/kiva/kiva-chart.ts does.',
  *check(target) {
    for (const container of target.containers()) {
      const { spec, field, workload } = container;
      for (const [i, { name, value }] of records(spec.env).entries()) {
        if (!PUBLIC.test(String(name)) || typeof value !== 'string') continue;
        for (const url of value.split(/[;,\s]+/)) {
          const message = fault(url, name === ORIGIN, workload, target) ?? (name === ROOT_URL ? offPath(url, spec) : undefined);
          if (message !== undefined) yield { object: workload.object, field: `${field}/env/${i}/value`, message };
        }
      }
    }
  },
};

function fault(url: string, isOrigin: boolean, workload: Workload, target: TargetIndex): string | undefined {
  const [, scheme, host = '', path = '/'] = URL_PARTS.exec(url) ?? [];
  const routes = routesTo(workload, target);
  if (scheme === undefined || routes.length === 0 || host.endsWith('.local') || host === 'localhost') return undefined;
  const hosts = routes.flatMap(({ spec }) => (Array.isArray(spec?.hostnames) ? spec.hostnames.map(String) : []));
  if (hosts.length > 0 && !hosts.includes(host))
    return `is "${url}", but routes bring it the requests of another host${there(new Set(hosts))}`;
  const encrypted = routes.every(({ metadata }) => metadata.annotations?.['konghq.com/protocols'] === 'https');
  if (encrypted && scheme !== 'https') return `is "${url}", but its routes answer to https alone`;
  const paths = isOrigin ? [] : routes.flatMap(({ spec }) => records(spec?.rules).flatMap(pathsOf));
  return paths.length === 0 || paths.some((each) => leads(each, path))
    ? undefined
    : `is "${url}", but routes bring it requests of other paths${there(new Set(paths.map(({ value }) => value)))}`;
}

const URL_PARTS = /^([a-z]+):\/\/([^/:]+)(?::\d+)?([^?#]*)/;

interface Path {
  readonly type: string;
  readonly value: string;
}

/** Paths that a rule of a route takes; without a match it takes all. */
const pathsOf = ({ matches }: Data): readonly Path[] =>
  records(matches ?? [{}]).map(({ path }) => ({ type: String(path?.type ?? 'PathPrefix'), value: String(path?.value ?? '/') }));

function leads({ type, value }: Path, path: string): boolean {
  const [wanted, own] = [value, path].map((each) => each.replace(/\/+$/, ''));
  return type !== 'PathPrefix' || own === wanted || `${own}/`.startsWith(`${wanted}/`);
}

/** Whether Grafana, which is told to answer below the path of its address, is asked elsewhere by its own probes. */
function offPath(url: string, { env, ...container }: Data): string | undefined {
  if (records(env).find(({ name }) => name === BELOW_PATH)?.value !== 'true') return undefined;
  const path = (URL_PARTS.exec(url)?.[3] ?? '').replace(/\/+$/, '');
  const asked = ['startupProbe', 'readinessProbe', 'livenessProbe'].map((probe) => container[probe]?.httpGet?.path);
  const other = asked.find((each) => typeof each === 'string' && !each.startsWith(`${path}/`));
  return other === undefined ? undefined : `is "${url}", below which it answers, and probes ask ${other}`;
}

function routesTo({ namespace, labels }: Workload, target: TargetIndex): TargetIndex['objects'] {
  const services = target
    .all('Service')
    .filter(({ metadata, spec }) => {
      const selector = record(spec?.selector);
      return metadata.namespace === namespace && Object.keys(selector).length > 0 && selectsLabels(selector, labels);
    })
    .map(({ metadata }) => metadata.name);
  return target
    .all(HTTP_ROUTE)
    .filter(({ metadata, spec }) =>
      records(spec?.rules).some(({ backendRefs }) =>
        records(backendRefs).some(({ name, namespace: where = metadata.namespace }) => where === namespace && services.includes(name)),
      ),
    );
}
