import { follow, path, record } from '../fields';
import type { FleetRule } from '../rule';

const HEALTH = 'resource.customizations.health.flagger.app_Canary';
const TRACKING = 'application.resourceTrackingMethod';

export const hubKnowsCanaries: FleetRule = {
  id: 'hub-knows-canaries',
  title: 'Argo CD tracks objects by annotation and judges a Canary by the revision that it is to release.',
  why: 'With tracking by label, Argo CD prunes the copies that Flagger makes; and its own health check calls a Canary healthy that still shows the release before.',
  fix: `Keep ${TRACKING}: annotation and ${HEALTH} in ConfigMap/argocd-cm, as lib/gitops/hub-settings.ts writes them.`,
  *checkFleet({ hub, apps }) {
    const releases = [...apps.values()].some(({ objects }) => objects.some(({ kind }) => kind === 'Canary'));
    if (!releases) return;
    const settings = hub.all('ConfigMap').find(({ metadata }) => metadata.name === 'argocd-cm');
    if (settings === undefined) {
      const [project] = hub.all('AppProject.argoproj.io');
      if (project !== undefined) yield { object: project, field: '', message: 'delivers Canaries, but there is no ConfigMap/argocd-cm' };
      return;
    }
    const data = record(settings.data);
    if (data[TRACKING] !== 'annotation')
      yield { object: settings, field: `/data/${TRACKING}`, message: `is ${JSON.stringify(data[TRACKING])}, not "annotation"` };
    const [script] = follow(settings, path(`/data/${HEALTH}`));
    if (script === undefined) yield { object: settings, field: `/data/${HEALTH}`, message: 'is not written' };
    else if (!String(script.value).includes('trackedConfigs')) {
      yield { object: settings, field: `/data/${HEALTH}`, message: 'does not compare trackedConfigs with the marker of the revision' };
    } else {
      const message = misjudged(String(script.value));
      if (message !== undefined) yield { object: settings, field: `/data/${HEALTH}`, message };
    }
  },
};

/** What the last phases of a Canary mean. Those in between are progress, or wait for a person. */
const OUTCOMES = { Failed: 'Degraded', Succeeded: 'Healthy' } as const;

/** A phase that a script answers wrongly, read as it is written: the state that follows the comparison with the phase. */
function misjudged(script: string): string | undefined {
  for (const [phase, state] of Object.entries(OUTCOMES)) {
    const [, answer] = new RegExp(`==\\s*["']${phase}["'][^]*?status\\s*=\\s*["'](\\w+)["']`).exec(script) ?? [];
    if (answer !== state)
      return `${answer === undefined ? 'does not answer' : `answers ${answer}, not`} ${state} for a Canary that has ${phase.toLowerCase()}`;
  }
  return undefined;
}
