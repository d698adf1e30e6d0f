/** A comment or a text, long or short; what is left of a script without them are its words and signs. */
const QUOTED = /--\[\[[\s\S]*?\]\]|--[^\n]*|\[\[[\s\S]*?\]\]|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g;
const TOKENS = /\b(?:function|if|elseif|then|for|while|do|repeat|until|end|return)\b|[()[\]{}]/g;

const CLOSING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{', until: 'repeat' };

/** What `end` closes. */
const BLOCKS = new Set(['function', 'if', 'do']);

/** Why Lua would not run a script, or why it would answer nothing; undefined where its blocks and brackets close and it returns. */
export function luaFault(script: string): string | undefined {
  const open: string[] = [];
  let tests = 0; // of `if` and `elseif`, without the `then` that follows
  let returns = false;
  for (const [token] of script.replaceAll(QUOTED, '""').matchAll(TOKENS)) {
    if (token === 'return') returns ||= open.length === 0;
    else if (token === 'if' || token === 'elseif') tests += 1;
    else if (token === 'then' && --tests < 0) return 'has a "then" without its "if"';
    const closes = CLOSING[token];
    const last = open.at(-1);
    if (token === 'end' ? !BLOCKS.has(last ?? '') : closes !== undefined && last !== closes) {
      return last === undefined ? `has a "${token}" too many` : `has "${token}" where "${last}" is still open`;
    }
    if (token === 'end' || closes !== undefined) open.pop();
    else if (BLOCKS.has(token) || token === 'repeat' || '([{'.includes(token)) open.push(token);
  }
  if (open.length > 0) return `never closes its "${open.at(-1)}"`;
  if (tests > 0) return 'has an "if" without its "then"';
  return returns ? undefined : 'returns nothing at its end';
}
