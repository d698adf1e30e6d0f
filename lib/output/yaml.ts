/**
 * Writes data as YAML that every reader understands alike: YAML 1.1 (what PyYAML and older Go programs read) and 1.2.
 *
 * A few times faster than a general library, as it writes one style only: block mappings and sequences, two spaces, keys in the
 * order given. A string stays plain only where no version of YAML could take it for something else.
 *
 * @throws TypeError for what JSON cannot hold: functions, symbols, NaN and infinite numbers
 */
export function yaml(value: unknown): string {
  if (!isCollection(value)) return `${scalar(value, '')}\n`;
  return collection(value, '', '');
}

type Collection = readonly unknown[] | Readonly<Record<string, unknown>>;

const isCollection = (value: unknown): value is Collection => typeof value === 'object' && value !== null;

/** The lines of a mapping or sequence. The first one starts with `lead`: the dashes of the sequences it opens. */
function collection(value: Collection, indent: string, lead: string): string {
  return Array.isArray(value) ? sequence(value, indent, lead) : mapping(value as Readonly<Record<string, unknown>>, indent, lead);
}

function mapping(value: Readonly<Record<string, unknown>>, indent: string, lead: string): string {
  let text = '';
  let start = lead;
  for (const key in value) {
    const item = value[key];
    if (item === undefined) continue;
    text += `${start}${inline(key)}:`;
    if (!isCollection(item)) text += ` ${scalar(item, indent)}\n`;
    else if (isEmpty(item)) text += Array.isArray(item) ? ' []\n' : ' {}\n';
    else text += `\n${collection(item, `${indent}  `, `${indent}  `)}`;
    start = indent;
  }
  return text === '' ? `${lead}{}\n` : text;
}

function sequence(value: readonly unknown[], indent: string, lead: string): string {
  let text = '';
  let start = `${lead}- `;
  for (const item of value) {
    if (!isCollection(item)) text += `${start}${scalar(item ?? null, indent)}\n`;
    else text += collection(item, `${indent}  `, start);
    start = `${indent}- `;
  }
  return text === '' ? `${lead}[]\n` : text;
}

function isEmpty(value: Collection): boolean {
  if (Array.isArray(value)) return value.length === 0;
  for (const key in value) if ((value as Record<string, unknown>)[key] !== undefined) return false;
  return true;
}

function scalar(value: unknown, indent: string): string {
  if (typeof value === 'string') return isLiteral(value) ? literal(value, indent) : inline(value);
  if (typeof value === 'number' && Number.isFinite(value)) return number(value);
  if (typeof value === 'boolean' || value === null) return String(value);
  throw new TypeError(`Cannot write "${String(value)}" as YAML as it is a ${typeof value}: use text, numbers, lists and maps`);
}

/** YAML 1.1 knows floating point numbers by their dot: there, `1e+21` is text. */
function number(value: number): string {
  const digits = JSON.stringify(value);
  return digits.includes('e') && !digits.includes('.') ? digits.replace('e', '.0e') : digits;
}

// A quantity, duration or percentage, or printable ASCII that starts like a word, a path, an option or a variable.
const PLAIN = /^(?:\d+(?:\.\d+)?(?:m|k|Ki|Mi|Gi|Ti|ms|s|h|%)|(?:[A-Za-z_/$(^]|--?[A-Za-z])[ -~]*)$/;

// What would end a plain scalar or begin a comment, the words of YAML 1.1 that are no text, and numbers to some readers (e0).
const NOT_PLAIN = /: |:$| #| $|^(?:true|false|yes|no|on|off|y|n|null|-?e[-+]?\d+)$/i;

// Invisible or a line break to some reader: C1 controls, no-break space, soft hyphen, direction marks, byte order mark …
const ESCAPED = /[\u007f-\u00a0\u00ad\u0600-\u0605\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff0-\uffff]/g;

/** Scalars recur in every target; the limit keeps what is held independent of their number. */
const rendered = new Map<string, string>();
const RENDERED_MAX = 8192;

/** A string on one line: plain, or in double quotes. */
function inline(value: string): string {
  const known = rendered.get(value);
  if (known !== undefined) return known;

  const text = PLAIN.test(value) && !NOT_PLAIN.test(value) ? value : quoted(value);
  if (rendered.size >= RENDERED_MAX) rendered.clear();
  if (value.length <= 200) rendered.set(value, text);
  return text;
}

function quoted(value: string): string {
  return JSON.stringify(value).replaceAll(ESCAPED, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

// Lines of blanks alone, control characters and halves of characters: readers disagree about them in text that stands as it is.
const NOT_LITERAL = new RegExp(`^[ \\t]+$|[\\0-\\x08\\x0b-\\x1f]|\\p{Surrogate}|${ESCAPED.source}`, 'mu');

/** Whether text of several lines can stand as it is. Its first line shows the indentation, so it starts with neither blank nor break. */
function isLiteral(value: string): boolean {
  return value.includes('\n') && !/^\s/.test(value) && !NOT_LITERAL.test(value);
}

/** A string of several lines as it stands, indented. */
function literal(value: string, indent: string): string {
  const chomping = !value.endsWith('\n') ? '-' : value.endsWith('\n\n') ? '+' : '';
  const body = chomping === '-' ? value : value.slice(0, -1);
  return `|${chomping}\n${body.replaceAll(/^(?=.)/gm, `${indent}  `)}`;
}
