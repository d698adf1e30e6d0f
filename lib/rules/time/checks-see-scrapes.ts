import type { Release } from '../canary';
import { durationSeconds } from '../durations';
import { record, records } from '../fields';
import type { Rule } from '../rule';
import { monitored } from '../selections';
import { selects } from '../selector';
import type { TargetIndex } from '../target-index';

/** Seconds between two scrapes when a monitor does not say. */
const DEFAULT_SCRAPE = 30;

export const checksSeeScrapes: Rule = {
  id: 'checks-see-scrapes',
  title: 'Prometheus scrapes the pods under analysis, at least twice within the interval that a check looks back.',
  why: 'A rate needs two samples: with one scrape in the interval the check has no value and fails. An interval shorter than that of the analysis ignores what happened between two checks.',
  fix: 'Scrape the engine every few seconds (scrapePods of lib/observability/scrape.ts), and let metrics look back over at least one interval of the analysis.',
  *check(target) {
    for (const release of target.releases) {
      const object = release.canary;
      const { metrics, interval } = record(object.spec?.analysis);
      if (records(metrics).length === 0 || release.workload === undefined) continue;
      const scrape = scrapeSeconds(release, target);
      if (scrape === undefined) {
        const message = `have no values: no PodMonitor or ServiceMonitor selects the pods of ${release.target}`;
        yield { object, field: '/spec/analysis/metrics', message };
        continue;
      }
      const short = new Map<string, number[]>();
      for (const [i, { interval: back }] of records(metrics).entries()) {
        const seconds = durationSeconds(back);
        if (seconds < 2 * scrape) add(short, `is ${back}, but Prometheus scrapes the pods every ${scrape} s: a rate needs two samples`, i);
        else if (seconds < durationSeconds(interval)) add(short, `is ${back}, shorter than the ${interval} between two checks`, i);
      }
      for (const [message, [first, ...others]] of short) {
        const more = others.length === 0 ? '' : `; ${others.length} more metrics have the same problem`;
        yield { object, field: `/spec/analysis/metrics/${first}/interval`, message: `${message}${more}` };
      }
    }
  },
};

function add(places: Map<string, number[]>, message: string, place: number): void {
  const others = places.get(message);
  if (others === undefined) places.set(message, [place]);
  else others.push(place);
}

/** The longest time between two scrapes of a released workload's pods. */
function scrapeSeconds({ canary, namespace, workload }: Release, target: TargetIndex): number | undefined {
  const found: number[] = [];
  const read = (endpoints: unknown): void => {
    for (const { interval } of records(endpoints)) found.push(interval === undefined ? DEFAULT_SCRAPE : durationSeconds(interval));
  };
  for (const monitor of target.all('PodMonitor.monitoring.coreos.com')) {
    const selected = monitored(monitor, target).includes(namespace) && selects(monitor.spec?.selector, workload?.labels ?? {});
    if (selected) read(monitor.spec?.podMetricsEndpoints);
  }
  for (const monitor of target.all('ServiceMonitor.monitoring.coreos.com')) {
    if (!monitored(monitor, target).includes(namespace)) continue;
    const services = [...target.services.values()].filter(({ object }) => object === canary);
    if (services.some(({ labels }) => selects(monitor.spec?.selector, labels))) read(monitor.spec?.endpoints);
  }
  return found.length === 0 ? undefined : Math.max(...found);
}
