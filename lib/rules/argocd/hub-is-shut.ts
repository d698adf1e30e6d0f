import { parse } from 'yaml';

import type { Manifest } from '../../kubernetes/manifest';
import { type Data, record, records } from '../fields';
import type { FleetRule } from '../rule';

/** Switches of Argo CD that open it, by ConfigMap: what each lets happen. */
const SWITCHES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'argocd-cm': {
    'users.anonymous.enabled': 'whoever reaches the address reads all Applications, without a login',
    'exec.enabled': 'the web page opens shells in pods of every cluster',
  },
  'argocd-cmd-params-cm': {
    'server.insecure': 'logins and tokens cross the network in plain text',
    'server.disable.auth': 'nobody is asked to log in',
  },
};

const EXCLUSIONS = 'resource.exclusions';

export const hubIsShut: FleetRule = {
  id: 'hub-is-shut',
  title: 'Argo CD asks everybody who they are, opens no shells, and overlooks no kind of object altogether.',
  why: 'Whoever gets into Argo CD administers every cluster. What it is told to exclude it neither applies nor compares: a sync succeeds, and nothing has happened.',
  fix: 'Take the setting out of lib/gitops/hub-settings.ts; whoever needs a shell uses kubectl with rights of their own.',
  *checkFleet({ hub }) {
    for (const object of hub.all('ConfigMap')) {
      const data = record(object.data);
      for (const [setting, consequence] of Object.entries(SWITCHES[object.metadata.name] ?? {})) {
        if (data[setting] === 'true') yield { object, field: `/data/${setting}`, message: `is true: ${consequence}` };
      }
      if (object.metadata.name === 'argocd-cm' && excludesAll(object))
        yield {
          object,
          field: `/data/${EXCLUSIONS}`,
          message: 'excludes every kind of some groups: Argo CD would neither apply nor compare them',
        };
    }
  },
};

/** What cannot be read may exclude anything. */
function excludesAll({ data }: Manifest): boolean {
  const text: unknown = record(data)[EXCLUSIONS];
  if (typeof text !== 'string') return false;
  const every = (names: Data): boolean => Array.isArray(names) && names.includes('*');
  try {
    return records(parse(text)).some(({ apiGroups, kinds }) => every(apiGroups) || every(kinds));
  } catch {
    return true;
  }
}
