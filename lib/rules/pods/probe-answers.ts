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

/** Why a command says yes whatever the program answers. What redis-cli takes for a success is told by the rule about the pods of a Redis. */
export function deafness(command: unknown): string | undefined {
  if (!Array.isArray(command)) return undefined;
  const text = command.join(' ');
  if (/\|\|\s*(?:true|:|exit 0)\s*$|;\s*(?:true|exit 0)\s*$|^(?:\/bin\/)?(?:true|echo|sleep)\b/.test(text))
    return 'succeeds whatever the program does';
  return /\bcurl\b/.test(text) && !/\s-[a-zA-Z]*f|--fail/.test(text) && !LISTENS.test(text)
    ? 'ends well with every answer, also with every status from 400: add -f'
    : undefined;
}
