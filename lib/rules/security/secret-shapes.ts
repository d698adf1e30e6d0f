/** What credentials of well-known issuers look like. */
const ISSUED: readonly (readonly [shape: RegExp, name: string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, 'a private key'],
  [/\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\./, 'a JSON Web Token'],
  [/\bsk-[\w-]{16,}/, 'an API key of a model provider'],
  [/\bhf_[A-Za-z0-9]{20,}/, 'a Hugging Face token'],
  [/\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/, 'an AWS access key'],
  [/\b(?:gh[oprsu]_\w{30,}|github_pat_\w{20,}|glpat-[\w-]{16,}|npm_\w{30,})/, 'a token of a code host'],
  [/\bAIza[\w-]{30,}|\bnvapi-[\w-]{20,}/, 'an API key of a cloud'],
  [/\bxox[abeprs]-[\w-]{10,}|hooks\.slack\.com\/services\/\w+\/\w+\/\w+|\/api\/webhooks\/\d+\/[\w-]{20,}/, 'a chat webhook or token'],
];

/** Names whose values are credentials. `eos_token` and its like are vocabulary of language models. */
const SENSITIVE =
  /(?:password|passwd|passphrase|pwd|secret|credentials?|(?<!(?:bos|cls|eos|mask|max|min|pad|per|sep|special|stop|unk|output|input)[_-]?)token|(?:access|account|api|auth|client|encryption|master|private|salt|secret[_-]|shared|signing)[_-]?key)$/i;

/** `name=value` anywhere, `name: value` and `name = value` at the start of a line or of a field in JSON. */
const ASSIGNED =
  /(?:(?<=^|[{,])[\t ]*(?:-[\t ]+|export[\t ]+)?["']?(\w[\w.-]{1,60})["']?[\t ]*[:=][\t ]*|(?<!\w)(\w[\w.-]{1,60})=)(?=("[^"\n]{0,200}"|'[^'\n]{0,200}'|[^\s"',;&}]{1,200}))/gm;

/** Redis has its passwords after a word and a space. */
const DIRECTIVE = /^[\t ]*(?:requirepass|masterauth)[\t ]+["']?([^\s"']+)/gm;

const USER_INFO = /:\/\/(?:[^\s/:@"'`]*:([^\s/@"'`]+)|([^\s/:@"'`]{16,}))@/g;
const AUTHORIZATION = /\b(?:Bearer|Basic)\s+(?=\S*\d)([\w+/.=-]{16,})/g;

/** Stands for a value that something else puts in: a variable, a template, a vault reference, an expression, a file. */
const REFERENCE =
  /^$|^\$(?:[A-Za-z_({@*#?]|\d(?!\w*\$))|\{\{|^[{<%`/]|^(?:os\.environ\/|env:|file:|vault:)|^[A-Za-z_][\w.]*[([]|^(?:[a-z_]\w*\.)+[A-Za-z_]\w*$/;
const WORD = /^(?:true|false|null|nil|none|yes|no|default|required|optional|enabled|disabled)$/i;
const NUMBER = /^-?[\d.]+(?:e-?\d+)?$/i;

/** Worth a closer look: everything that one of the shapes above needs. */
const SUSPICIOUS = /[:=@ ]|[A-Za-z0-9+]{20}|(?:sk|glpat|nvapi|xox\w)-|_\w{20}|AKIA|ASIA/;
const TOKEN = /[A-Za-z0-9+]{20,}/g;

const sensitiveNames = new Map<string, boolean>();

/** Whether a value under this name is a credential. Names repeat throughout a target, so the answers are kept. */
export function isSensitive(name: string): boolean {
  let sensitive = sensitiveNames.get(name);
  if (sensitive === undefined) {
    sensitive = SENSITIVE.test(name);
    sensitiveNames.set(name, sensitive);
  }
  return sensitive;
}

/** Whether a value under a sensitive name is the credential itself rather than a word or a reference to it. */
export function isLiteral(name: string, value: string): boolean {
  const bare = value.replace(/^(["'])(.*)\1$/, '$2').trim();
  return !REFERENCE.test(bare) && !WORD.test(bare) && !(NUMBER.test(bare) && /token$/i.test(name));
}

/** Files whose unquoted words are variables. */
const PROGRAM = /\.(?:js|lua|py|ts)$/;
const IDENTIFIER = /^[A-Za-z_]\w*\)*$/;

/** Short texts without anything: labels, paths and hosts repeat from object to object, and from region to region. */
const harmless = new Set<string>();
const SHORT = 200;
const MOST_KEPT = 50_000;
const TITLED = /\.(?:js|lua|py|ts)$|sha|digest|checksum|revision|commit|hash/i;

/** Whether a text is known to hold nothing that looks like a credential, whatever it is called. */
export const isHarmless = (text: string): boolean => text.length < 8 || harmless.has(text);

/**
 * What a text holds that looks like a credential; undefined if nothing does.
 *
 * @param title what the text is called: its field, or its file name in a ConfigMap
 */
export function credentialIn(text: string, title: string): string | undefined {
  if (isHarmless(text)) return undefined;
  const found = SUSPICIOUS.test(text) ? look(text, title) : undefined;
  // What a title excuses is not harmless under another one.
  if (found === undefined && text.length < SHORT && !TITLED.test(title)) {
    if (harmless.size === MOST_KEPT) harmless.clear();
    harmless.add(text);
  }
  return found;
}

function look(text: string, title: string): string | undefined {
  for (const [shape, name] of ISSUED) {
    if (shape.test(text)) return name;
  }
  for (const [, atStart, anywhere, value = ''] of text.matchAll(ASSIGNED)) {
    const name = atStart ?? anywhere ?? '';
    if (!isSensitive(name) || (PROGRAM.test(title) && IDENTIFIER.test(value))) continue;
    if (isLiteral(name, value)) return `a value for "${name}"`;
  }
  for (const [, value = ''] of text.matchAll(DIRECTIVE)) {
    if (!REFERENCE.test(value)) return 'a password of Redis';
  }
  for (const [, password, user] of text.matchAll(USER_INFO)) {
    if (!REFERENCE.test(password ?? user ?? '')) return 'a URL with credentials';
  }
  for (const [, value = ''] of text.matchAll(AUTHORIZATION)) {
    if (!REFERENCE.test(value)) return 'an Authorization header';
  }
  for (const match of text.matchAll(TOKEN)) {
    if (isRandom(match[0], text, match.index, title)) return 'a random token';
  }
  return undefined;
}

const HEXADECIMAL = /^[0-9a-f]+$/;
/** What is said before a commit or a checksum. */
const CHECKSUM = /sha-?(?:1|256|512)|digest|checksum|revision|commit|hash|[@/:]$/i;

/** Names are words: letters and digits alternate rarely in them. Commits and checksums are hexadecimal, and said to be. */
function isRandom(token: string, text: string, start: number, title: string): boolean {
  if (HEXADECIMAL.test(token)) {
    if (token.length < 32 || token.length === 40 || !/\d/.test(token) || !/[a-f]/.test(token)) return false;
    const listed = /^ [ *]\S/.test(text.slice(start + token.length, start + token.length + 3));
    return !listed && !CHECKSUM.test(`${title} ${text.slice(Math.max(0, start - 40), start)}`);
  }
  if ((token.match(/\d/g)?.length ?? 0) < 2 || !/[a-z]/.test(token) || !/[A-Z]/.test(token)) return false;
  let changes = 0;
  for (let i = 1; i < token.length; i++) {
    if (classOf(token.charCodeAt(i)) !== classOf(token.charCodeAt(i - 1))) changes++;
  }
  return changes > 0.4 * (token.length - 1);
}

const classOf = (code: number): number => (code < 58 ? 0 : code < 91 ? 1 : 2);
