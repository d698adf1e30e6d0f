import { record, records } from '../fields';
import { there } from '../references/there';
import type { Rule } from '../rule';
import { selectsLabels } from '../selector';
import type { TargetIndex } from '../target-index';
import type { Workload } from '../workload';

/** Variables that tell a program how its users reach it. */
const PUBLIC = /^(?:WEBUI_URL|CORS_ALLOW_ORIGIN|PROXY_BASE_URL|PUBLIC_URL|ROOT_URL|GF_SERVER_ROOT_URL)$/;

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
          const message = fault(url, workload, target);
          if (message !== undefined) yield { object: workload.object, field: `${field}/env/${i}/value`, message };
        }
      }
    }
  },
};

function fault(url: string, workload: Workload, target: TargetIndex): string | undefined {
  const [, scheme, host = ''] = /^([a-z]+):\/\/([^/:]+)/.exec(url) ?? [];
  const routes = routesTo(workload, target);
  if (scheme === undefined || routes.length === 0 || host.endsWith('.local') || host === 'localhost') return undefined;
  const hosts = routes.flatMap(({ spec }) => (Array.isArray(spec?.hostnames) ? spec.hostnames.map(String) : []));
  if (hosts.length > 0 && !hosts.includes(host))
    return `is "${url}", but routes bring it the requests of another host${there(new Set(hosts))}`;
  const encrypted = routes.every(({ metadata }) => metadata.annotations?.['konghq.com/protocols'] === 'https');
  return encrypted && scheme !== 'https' ? `is "${url}", but its routes answer to https alone` : undefined;
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
