import { record, records } from '../fields';
import type { Rule } from '../rule';
import type { TargetIndex } from '../target-index';

/** Variables with the address of a server, and the schemes that clients of such a server know. */
const CLIENTS: readonly (readonly [variable: RegExp, schemes: readonly string[], what: string])[] = [
  [/^(?:\w+_)?REDIS_UR[IL]$/, ['redis', 'rediss', 'redis+sentinel', 'unix'], 'Redis'],
  [/^(?:\w+_)?MONGO(?:DB)?_UR[IL]$/, ['mongodb', 'mongodb+srv'], 'MongoDB'],
  [/^(?:\w+_)?(?:PG|POSTGRES(?:QL)?)_UR[IL]$/, ['postgres', 'postgresql'], 'PostgreSQL'],
  [/^(?:\w+_)?DATABASE_UR[IL]$/, ['postgres', 'postgresql', 'mysql', 'mariadb', 'sqlite', 'mongodb'], 'a database'],
  [/^\w+_(?:BASE|SERVICE|RUNTIME)_URLS?$/, ['http', 'https'], 'a server of HTTP'],
];

/** Variables that hold a secret and nothing else. */
const SECRET = /(?:PASSWORD|API_KEY|_TOKEN|SECRET_KEY)$/;

const SCHEME = /^([a-z][a-z0-9+.-]*):\/\//;

export const urlsFitClients: Rule = {
  id: 'urls-fit-clients',
  title: 'A variable with the address of a server holds one that the client of such a server understands, and a password is none.',
  why: 'A client refuses an address of another kind as soon as it starts, and its pod is restarted for ever; nothing before that tells which key of a Secret is meant.',
  fix: 'Take the Secret and its key from the construct of the server that the variable is about.',
  *check(target) {
    for (const { spec, field, workload } of target.containers()) {
      for (const [i, { name, value, valueFrom }] of records(spec.env).entries()) {
        const secret = record(record(valueFrom).secretKeyRef);
        const text = typeof value === 'string' ? value : heldIn(target, workload.namespace, secret);
        const [, scheme] = (text !== undefined && SCHEME.exec(text)) || [];
        if (scheme === undefined) continue;
        const at = `${field}/env/${i}/${typeof value === 'string' ? 'value' : 'valueFrom/secretKeyRef/key'}`;
        const from = typeof value === 'string' ? `is a URL of ${scheme}://` : `is "${secret.key}" of ${secret.name}, a URL of ${scheme}://`;
        const [, schemes, what] = CLIENTS.find(([variable]) => variable.test(String(name))) ?? [];
        if (schemes !== undefined && !schemes.includes(scheme.replace(/(?<=^(?:postgresql|mysql|mariadb|sqlite))\+\w+$/, '')))
          yield { object: workload.object, field: at, message: `${from}, and ${name} is for ${what} (${schemes.join(', ')})` };
        else if (SECRET.test(String(name)))
          yield { object: workload.object, field: at, message: `${from}, and ${name} is for a secret alone` };
      }
    }
  },
};

/** What a key of a Secret is made of, as far as anybody but the store can tell. */
function heldIn(target: TargetIndex, namespace: string, { name, key }: Readonly<Record<string, unknown>>): string | undefined {
  const by = name === undefined ? undefined : target.secrets.get(`${namespace}/${name}`)?.by;
  const text: unknown = by?.kind === 'ExternalSecret' ? record(by.spec?.target?.template?.data)[String(key)] : undefined;
  return typeof text === 'string' ? text : undefined;
}
