import type { OwnNamespace } from '../../kubernetes/namespaces';
import type { Rule } from '../rule';

/** Namespace of the chat. */
const CHAT = 'kiva' satisfies OwnNamespace;

/** What keeps data. */
const STORES = ['Cluster.postgresql.cnpg.io', 'StatefulSet.apps', 'PersistentVolumeClaim'];

export const chatDataStaysInTheEu: Rule = {
  id: 'chat-data-stays-in-the-eu',
  title: 'What the chat keeps is kept in the European Union.',
  why: 'A ministry’s users write there: their words, files and accounts may not be stored under another law.',
  fix: 'Take kiva out of the target; other regions offer the models alone. If the region is in the EU, its jurisdiction in lib/environments/regions.ts is wrong.',
  *check(target) {
    const { region } = target.facts ?? {};
    if (region === undefined || region.jurisdiction === 'eu') return;
    const message = `is the chat's, and data in ${region.name} is under the law of "${region.jurisdiction}"`;
    for (const kind of STORES) {
      for (const object of target.all(kind)) {
        if (object.metadata.namespace === CHAT) yield { object, field: '/metadata/namespace', message };
      }
    }
  },
};
