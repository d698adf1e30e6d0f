import { isPlace, placeOf } from '../../regions/places';
import { record, records } from '../fields';
import { outsideHosts } from '../references/outside-hosts';
import type { Rule } from '../rule';
import type { TargetIndex } from '../target-index';

/** The host of each URL in a text. */
const HOSTS = /:\/\/(?:[^\s/@"']*@)?([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)/g;

export const callsStayInRegion: Rule = {
  id: 'calls-stay-in-region',
  title: 'Programs call the platform of their own region and environment, and services outside of it that are in the same region.',
  why: 'Every region answers its own users: what they write would leave for another country, wait for another continent, and fail when that region does; and production would depend on what is tried elsewhere.',
  fix: 'Call what is in the cluster by the endpoint of its construct, and the public platform by a host of the target, or by one without a region where DNS chooses it.',
  *check(target) {
    const places = placesOf(target);
    const here = new Set(target.facts === undefined ? [] : [target.facts.region.name, placeOf(target.facts.region)]);
    const isOnCloud = here.size > 0 && !here.has(undefined);
    const elsewhere = (text: string): string | undefined => {
      if (!text.includes('://')) return undefined;
      const hosts = places.some(({ domain }) => text.includes(domain)) ? [...text.matchAll(HOSTS)].map(([, host = '']) => host) : [];
      const other = hosts.find((host) => places.some(({ pattern }) => pattern.test(host)) && !places.some(({ own }) => own === host));
      if (other !== undefined) {
        const own = places.map((place) => place.own).join(', ');
        return `names "${other}", the platform of another region or environment (here: ${own})`;
      }
      const far = isOnCloud ? outsideHosts(text).find(({ host }) => isFar(host.split('.'), here)) : undefined;
      return far && `names "${far.host}", a service in another region (here: ${target.facts?.region.name})`;
    };
    for (const { spec, field, workload } of target.containers()) {
      for (const [i, { value }] of records(spec.env).entries()) {
        const message = typeof value === 'string' ? elsewhere(value) : undefined;
        if (message !== undefined) yield { object: workload.object, field: `${field}/env/${i}/value`, message };
      }
    }
    for (const object of target.all('ConfigMap')) {
      for (const [key, text] of Object.entries(record(object.data))) {
        const message = typeof text === 'string' ? elsewhere(text) : undefined;
        if (message !== undefined) yield { object, field: `/data/${key.replaceAll('/', '~1')}`, message };
      }
    }
  },
};

/** Whether a host names a place of some cloud, and not the one that it is called from. */
const isFar = (labels: readonly string[], here: ReadonlySet<string | undefined>): boolean =>
  labels.some(isPlace) && !labels.some((label) => here.has(label));

interface Place {
  /** A host of the target's gateway that says where it is. */
  readonly own: string;

  /** What follows the label that says so. */
  readonly domain: string;

  /** The same host of another place. */
  readonly pattern: RegExp;
}

/** Hosts of the target's gateways with a label that is the name of the region or of the environment. */
function placesOf(target: TargetIndex): readonly Place[] {
  const here = [target.facts?.region.name, target.environment];
  const hosts = new Set(
    target.all('Gateway.gateway.networking.k8s.io').flatMap(({ spec }) => records(spec?.listeners).map(({ hostname }) => String(hostname))),
  );
  return [...hosts].flatMap((own) => {
    const labels = own.split('.');
    const at = labels.findIndex((label) => here.includes(label));
    if (at < 0) return [];
    const [before, after] = [labels.slice(0, at), labels.slice(at + 1)].map((each) => each.join('\\.'));
    const pattern = new RegExp(`^${before ? `${before}\\.` : ''}[a-z0-9-]+\\.${after}$`);
    return [{ own, domain: labels.slice(at + 1).join('.'), pattern }];
  });
}
