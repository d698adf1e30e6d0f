import type { Manifest } from '../../kubernetes/manifest';
import { type Data, record, records } from '../fields';

/** Whether a container keeps the data of one of several members, which must have joined the others before it counts. */
export function isMember(spec: Data, object: Manifest): boolean {
  if (object.kind !== 'StatefulSet' || !(Number(object.spec?.replicas ?? 1) > 1)) return false;
  const claims = records(object.spec?.volumeClaimTemplates).map(({ metadata }) => record(metadata).name);
  return records(spec.volumeMounts).some(({ name }) => claims.includes(name));
}

/** Whatever looks at the answer of the command before it. */
const LISTENS = /\||\bgrep\b|\btest\b|\[ |=/;

/** Clients that end well with any answer unless they are told otherwise: the option that tells them, and what they would take. */
const DEAF: readonly (readonly [client: RegExp, told: RegExp, takes: string])[] = [
  [/\b(?:redis|valkey)-cli\b/, /\s-e\b/, 'NOAUTH and LOADING: add -e'],
  [/\bcurl\b/, /\s-[a-zA-Z]*f|--fail/, 'every status from 400: add -f'],
];

/** Why a command says yes whatever the program answers. */
export function deafness(command: unknown): string | undefined {
  if (!Array.isArray(command)) return undefined;
  const text = command.join(' ');
  if (/\|\|\s*(?:true|:|exit 0)\s*$|;\s*(?:true|exit 0)\s*$|^(?:\/bin\/)?(?:true|echo|sleep)\b/.test(text))
    return 'succeeds whatever the program does';
  const [, , takes] = DEAF.find(([client, told]) => client.test(text) && !told.test(text) && !LISTENS.test(text)) ?? [];
  return takes === undefined ? undefined : `ends well with every answer, also with ${takes}`;
}
