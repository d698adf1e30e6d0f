import type { Manifest } from '../../kubernetes/manifest';
import { record, records } from '../fields';
import type { FleetRule } from '../rule';

export const freezesAgree: FleetRule = {
  id: 'freezes-agree',
  title: 'Projects that lead to the same cluster have the same sync windows.',
  why: 'A freeze holds for what its project delivers: where one project of an environment has another window, its apps change while those that they call must not, or wait while those go on.',
  fix: 'Write delivery.freeze once, in lib/environments/<environment>.ts: lib/gitops/app-project.ts gives it to every project of the environment.',
  *checkFleet({ hub }) {
    const projects = hub.all('AppProject.argoproj.io');
    for (const object of projects) {
      const beside = projects.filter((other) => clustersOf(other).some((cluster) => clustersOf(object).includes(cluster)));
      const usual = mostFrequent(beside.map(windowsOf));
      if (windowsOf(object) === usual) continue;
      const others = beside.filter((other) => windowsOf(other) === usual).map(({ metadata }) => metadata.name);
      const message = `differs from that of ${others.join(', ')}, which ${others.length === 1 ? 'leads' : 'lead'} to the same clusters`;
      yield { object, field: '/spec/syncWindows', message };
    }
  },
};

const clustersOf = ({ spec }: Manifest): readonly string[] => records(record(spec).destinations).map(({ name }) => String(name));

const windowsOf = ({ spec }: Manifest): string => JSON.stringify(records(record(spec).syncWindows));

/** Of two that are as frequent, the longer text: a window that is missing is the mistake, not the one that is there. */
function mostFrequent(texts: readonly string[]): string | undefined {
  const times = (text: string): number => texts.filter((each) => each === text).length;
  return [...texts].sort((one, other) => times(other) - times(one) || other.length - one.length)[0];
}
