import { records } from '../fields';
import type { Rule } from '../rule';

/** Settings that let in whoever comes: variables, the values that do, and what follows. */
const DOORS: readonly (readonly [name: RegExp, value: RegExp, what: string])[] = [
  [/^WEBUI_AUTH$/, /^false$/i, 'nobody has to log in'],
  [/^DEFAULT_USER_ROLE$/, /^admin$/i, 'whoever signs up administers'],
  [/^(?:WEBUI_AUTH|WEBUI_SESSION)_COOKIE_SECURE$/, /^false$/i, 'cookies travel without TLS'],
  [/^GF_AUTH_ANONYMOUS_ENABLED$/, /^true$/i, 'nobody has to log in'],
  [/^(?:REDIS_)?ALLOW_EMPTY_PASSWORD$/, /^(?:yes|true|1)$/i, 'it takes no password'],
  [/^POSTGRES_HOST_AUTH_METHOD$/, /^trust$/i, 'it takes any password'],
  [/^(?:NODE_TLS_REJECT_UNAUTHORIZED|PYTHONHTTPSVERIFY)$/, /^0$/, 'certificates are not checked'],
  [/^(?:FLASK_DEBUG|DJANGO_DEBUG)$/, /^(?:1|true)$/i, 'errors show the program and run what is typed'],
];

export const doorsStayShut: Rule = {
  id: 'doors-stay-shut',
  title: 'No setting lets anybody in without a password, or makes every user an administrator.',
  why: 'Such a setting is meant for an afternoon on a laptop; in a cluster everybody who reaches the address is in.',
  fix: 'Leave the setting out: the program asks for a login then.',
  alone: true,
  *check(target) {
    for (const { spec, field, workload } of target.containers()) {
      for (const [i, { name, value }] of records(spec.env).entries()) {
        const door = DOORS.find(([variable, open]) => variable.test(String(name)) && open.test(String(value)));
        if (door !== undefined)
          yield { object: workload.object, field: `${field}/env/${i}/value`, message: `is "${value}": ${door[2]} (${name})` };
      }
    }
  },
};
