import { parse } from 'yaml';

import type { Manifest } from '../../kubernetes/manifest';
import { isRecord, record } from '../fields';
import type { FleetIndex } from '../fleet-index';
import { perText } from '../per-text';
import { there } from '../references/there';
import type { FleetProblem, FleetRule } from '../rule';
import { luaFault } from './lua';

const CUSTOMIZATION = /^resource\.customizations\.([^.]+)\.(.+)$/;
const KIND = /^(?:all|(?:[a-z0-9.*-]+_)?[A-Za-z0-9*]+)$/;

const DIFFERENCES = ['jsonPointers', 'jqPathExpressions', 'managedFieldsManagers'];

/** What Argo CD can be told about a kind: a script, or fields of YAML. */
const SECTIONS: Readonly<Record<string, 'script' | 'anything' | readonly string[]>> = {
  health: 'script',
  useOpenLibs: 'anything',
  actions: ['discovery.lua', 'definitions', 'mergeBuiltinActions'],
  ignoreDifferences: DIFFERENCES,
  ignoreResourceUpdates: DIFFERENCES,
  knownTypeFields: 'anything',
};

/** Settings that are YAML, with their fields. */
const YAML: ReadonlyMap<string, readonly string[]> = new Map([
  ['resource.compareoptions', ['ignoreAggregatedRoles', 'ignoreResourceStatusField', 'ignoreDifferencesOnResourceUpdates']],
]);

const STATES = ['Healthy', 'Progressing', 'Degraded', 'Suspended', 'Missing', 'Unknown'];
const STATE = /\bstatus\s*=\s*["'](\w*)["']/g;

const TIMEOUT = 'controller.sync.timeout.seconds';

export const hubSettingsWork: FleetRule = {
  id: 'hub-settings-work',
  title: 'Argo CD can run its scripts and read its settings, and lets a sync take as long as the slowest Job may.',
  why: 'A script that does not run makes every object of its kind Unknown, the worst of states; a setting that cannot be read is left out; a sync that is cut off fails although its Job goes on, and one without an end blocks every later commit.',
  fix: 'Correct lib/gitops/hub-settings.ts or the script beside it.',
  *checkFleet(fleet) {
    for (const object of fleet.hub.all('ConfigMap')) {
      const { name } = object.metadata;
      if (name === 'argocd-cm') yield* readable(object);
      if (name === 'argocd-cmd-params-cm') yield* patient(object, fleet);
    }
  },
};

function* readable(object: Manifest): Iterable<FleetProblem> {
  for (const [key, value] of Object.entries(record(object.data))) {
    const fields = YAML.get(key);
    const message = fields === undefined ? ofCustomization(key, String(value)) : yamlFault(String(value), fields);
    if (message !== undefined) yield { object, field: `/data/${key}`, message };
  }
}

function ofCustomization(key: string, value: string): string | undefined {
  if (!key.startsWith('resource.customizations.')) return undefined;
  const [, section = '', kind = ''] = CUSTOMIZATION.exec(key) ?? [];
  const form = SECTIONS[section];
  if (form === undefined || !Object.hasOwn(SECTIONS, section))
    return `is of section "${section}", which Argo CD does not read${there(Object.keys(SECTIONS), section)}`;
  if (!KIND.test(kind)) return `is for "${kind}", and Argo CD looks for <group>_<Kind>`;
  if (form === 'script') return scriptFault(value);
  return form === 'anything' ? undefined : yamlFault(value, form);
}

const scriptFault = perText((script) => {
  const fault = luaFault(script);
  if (fault !== undefined) return `${fault}: every object of the kind would be Unknown`;
  const state = [...script.matchAll(STATE)].map(([, each = '']) => each).find((each) => !STATES.includes(each));
  return state === undefined ? undefined : `answers "${state}", which is no state${there(STATES, state)}`;
});

function yamlFault(text: string, fields: readonly string[]): string | undefined {
  let read: unknown;
  try {
    read = parse(text);
  } catch {
    return 'is no YAML';
  }
  if (!isRecord(read)) return 'is no map of YAML';
  const unknown = Object.keys(read).find((field) => !fields.includes(field));
  return unknown === undefined ? undefined : `has "${unknown}", which Argo CD does not read there${there(fields, unknown)}`;
}

/** A Job that a sync waits for ends by its own deadline, and not because Argo CD gave up. */
function* patient(object: Manifest, { apps }: FleetIndex): Iterable<FleetProblem> {
  const field = `/data/${TIMEOUT}`;
  const written: unknown = record(object.data)[TIMEOUT];
  if (written === undefined) {
    yield { object, field, message: 'is missing: a sync that waits for a pod which never becomes ready would block every later commit' };
    return;
  }
  const seconds = Number(written);
  if (!Number.isInteger(seconds) || seconds < 0) {
    yield { object, field, message: `is "${written}", no number of seconds` };
    return;
  }
  let [slowest, longest] = ['', 0];
  for (const { objects } of apps.values()) {
    for (const { kind, metadata, spec } of objects) {
      const deadline = kind === 'Job' ? Number(record(spec).activeDeadlineSeconds ?? 0) : 0;
      if (deadline > longest) [slowest, longest] = [metadata.name, deadline];
    }
  }
  if (seconds > 0 && seconds <= longest)
    yield { object, field, message: `is ${seconds}, and Job/${slowest} may take ${longest}: its sync would fail while it runs` };
}
