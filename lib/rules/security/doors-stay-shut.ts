import { records } from '../fields';
import type { Rule } from '../rule';

/** Settings that let in whoever comes: variables, the values that do, and what follows. */
const DOORS: readonly (readonly [name: RegExp, value: RegExp, what: string])[] = [
  [/^WEBUI_AUTH$/, /^false$/i, 'nobody has to log in'],
  [/^DEFAULT_USER_ROLE$/, /^admin$/i, 'everybody who signs up becomes an administrator'],
  [/^(?:WEBUI_AUTH|WEBUI_SESSION)_COOKIE_SECURE$/, /^false$/i, 'cookies travel without TLS'],
  [/^CORS_ALLOW_ORIGIN$/, /^\*$/, 'pages of anybody may ask in the name of whoever is logged in'],
  [/^ENABLE_PIP_INSTALL_FRONTMATTER_REQUIREMENTS$/, /^true$/i, 'whoever writes a tool installs packages in the pod'],
  [/^GF_AUTH_ANONYMOUS_ENABLED$/, /^true$/i, 'nobody has to log in'],
  [/^GF_USERS_ALLOW_SIGN_UP$/, /^true$/i, 'whoever finds it makes an account'],
  [/^GF_SECURITY_COOKIE_SECURE$/, /^false$/i, 'cookies travel without TLS'],
  [/^(?:REDIS_)?ALLOW_EMPTY_PASSWORD$/, /^(?:yes|true|1)$/i, 'the server asks for no password'],
  [/^POSTGRES_HOST_AUTH_METHOD$/, /^trust$/i, 'the server accepts any password'],
  [/^(?:NODE_TLS_REJECT_UNAUTHORIZED|PYTHONHTTPSVERIFY)$/, /^0$/, 'certificates are not checked'],
  [/^(?:FLASK_DEBUG|DJANGO_DEBUG)$/, /^(?:1|true)$/i, 'error pages show the source and run code'],
];

export const doorsStayShut: Rule = {
  id: 'doors-stay-shut',
  title: 'No setting lets anybody in without a password, or makes every user an administrator.',
  why: 'Such a setting is meant for a trial on one machine; in a cluster, everybody who reaches the address is let in.',
  fix: 'Leave the setting out: the program then asks for a login.',
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
