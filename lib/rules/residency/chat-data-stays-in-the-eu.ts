import type { OwnNamespace } from '../../kubernetes/namespaces';
import type { Rule } from '../rule';

/** Namespaces of the chats. */
const CHATS: ReadonlySet<unknown> = new Set(['gpt', 'kiva'] satisfies OwnNamespace[]);

/** What keeps data. */
const STORES = ['Cluster.postgresql.cnpg.io', 'StatefulSet.apps', 'PersistentVolumeClaim'];

export const chatDataStaysInTheEu: Rule = {
  id: 'chat-data-stays-in-the-eu',
  title: 'What the chats keep is kept in the European Union.',
  why: 'Users of a ministry write there: their words, files and accounts may not be stored under the law of another country.',
  fix: 'Take kiva and gpt out of the target in lib/environments/<environment>.ts. If the region is in the EU, correct its jurisdiction in lib/environments/regions.ts.',
  *check(target) {
    const { region } = target.facts ?? {};
    if (region === undefined || region.jurisdiction === 'eu') return;
    const law = `${region.name} is under the jurisdiction "${region.jurisdiction}", not "eu"`;
    for (const kind of STORES) {
      for (const object of target.all(kind)) {
        if (CHATS.has(object.metadata.namespace))
          yield {
            object,
            field: '/metadata/namespace',
            message: `is ${object.metadata.namespace}, which holds what a chat keeps, but ${law}`,
          };
      }
    }
  },
};
