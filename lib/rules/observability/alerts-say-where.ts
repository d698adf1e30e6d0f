import { placeOf } from '../../regions/places';
import { record } from '../fields';
import type { Rule } from '../rule';
import { visitTexts } from '../texts';

/** Labels that say where an alert comes from: no series has them, and Prometheus adds them to what it sends. */
const PLACES = ['environment', 'region'];

const NAMED = /\.(?:CommonLabels|GroupLabels|Labels)\.(environment|region)\b/g;

export const alertsSayWhere: Rule = {
  id: 'alerts-say-where',
  title: 'The labels that a Prometheus adds say its own environment and region, and messages name none that it does not add.',
  why: 'Every region sends to the same channel: with the labels of another, whoever is woken looks for the outage where there is none; without them nobody knows where to look.',
  fix: 'Take externalLabels from the target, as lib/monitoring/prometheus-server.ts does.',
  *check(target) {
    const { region } = target.facts ?? {};
    if (region === undefined) return;
    const here: Readonly<Record<string, readonly (string | undefined)[]>> = {
      environment: [target.environment],
      region: [region.name, placeOf(region)],
    };
    const servers = target.all('Prometheus.monitoring.coreos.com');
    for (const object of servers) {
      for (const [name, value] of Object.entries(record(object.spec?.externalLabels))) {
        const meant = here[name];
        if (meant === undefined || meant.includes(String(value))) continue;
        yield { object, field: `/spec/externalLabels/${name}`, message: `is "${value}", and this is ${meant[0]}` };
      }
    }
    const added = servers.flatMap(({ spec }) => Object.keys(record(spec?.externalLabels)));
    const missing = servers.length === 0 ? [] : PLACES.filter((name) => !added.includes(name));
    if (missing.length === 0) return;
    for (const object of target.all('AlertmanagerConfig.monitoring.coreos.com')) {
      const named = visitTexts(
        object.spec?.receivers,
        ({ value }) => [...value.matchAll(NAMED)].find(([, name = '']) => missing.includes(name))?.[1],
      );
      for (const { field, found } of named)
        yield { object, field: `/spec/receivers${field}`, message: `names the label "${found}", which no Prometheus adds: it stays empty` };
    }
  },
};
