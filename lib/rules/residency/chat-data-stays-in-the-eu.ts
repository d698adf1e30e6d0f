import type { OwnNamespace } from '../../kubernetes/namespaces';
import type { Rule } from '../rule';

/** Namespaces of the chats. */
const CHATS: ReadonlySet<unknown> = new Set(['gpt', 'kiva'] satisfies OwnNamespace[]);

/** What keeps data. */
const STORES = ['Cluster.postgresql.cnpg.io', 'StatefulSet.apps', 'PersistentVolumeClaim'];

export const chatDataStaysInTheEu: Rule = {
  id: 'chat-data-stays-in-the-eu',
  title: 'What the chats keep is kept in the European Union.',
  why: 'A ministry’s users write there: their words, files and accounts may not be stored under another law.',
  fix: 'Take kiva and gpt out of the target; other regions offer the models alone. If the region is in the EU, its jurisdiction in lib/environments/regions.ts is wrong.',
  *check(target) {
    const { region } = target.facts ?? {};
    if (region === undefined || region.jurisdiction === 'eu') return;
    const message = `is a chat's, and data in ${region.name} is under the law of "${region.jurisdiction}"`;
    for (const kind of STORES) {
      for (const object of target.all(kind)) {
        if (CHATS.has(object.metadata.namespace)) yield { object, field: '/metadata/namespace', message };
      }
    }
  },
};
