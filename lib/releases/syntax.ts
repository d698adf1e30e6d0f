import { type Document, visit, type YAMLParseError } from 'yaml';

import { quote } from '../messages/quote';

/** One broken line often breaks all that follow. */
const MOST_MISTAKES = 20;

/** What is no YAML at all has more errors than anyone wants to look at. */
const MOST_ERRORS = 1000;

/** The errors that people make most, and the ones that the parser words for programmers. */
const ERRORS: Partial<Record<YAMLParseError['code'], { readonly rule?: string; readonly cure: string }>> = {
  BAD_INDENT: { cure: 'align it with its neighbours, and close what is open above it' },
  MISSING_CHAR: { cure: 'add what is missing' },
  MULTIPLE_DOCS: { rule: 'a second document starts here', cure: 'keep one document in the file' },
  RESOURCE_EXHAUSTION: { rule: 'it is nested too deeply', cure: 'remove what is no pin' },
  TAB_AS_INDENT: { cure: 'indent with spaces' },
};

/** What makes a text no YAML document, or one that changes how YAML is read; the first mistake of every line. */
export function syntaxMistakes(document: Document, text: string): { readonly offset: number; readonly message: string }[] {
  const directive = text.search(/^%/m);
  if (directive >= 0) {
    return [{ offset: directive, message: `Cannot read ${quote(lineAt(text, directive))} as release files have no directives: remove it` }];
  }
  const lines = new Map<number, { offset: number; message: string }>();
  const last = Math.max(text.trimEnd().length - 1, 0);
  for (const { code, message, pos } of document.errors.slice(0, MOST_ERRORS)) {
    const offset = Math.min(last, message.startsWith('Missing closing') ? openedAt(document, pos[0]) : pos[0]);
    const line = text.lastIndexOf('\n', offset - 1);
    const { rule = message.charAt(0).toLowerCase() + message.slice(1), cure = 'correct the syntax' } = ERRORS[code] ?? {};
    if (!lines.has(line))
      lines.set(line, { offset, message: `Cannot read ${quote(lineAt(text, offset))} as YAML forbids it (${rule}): ${cure}` });
    if (lines.size === MOST_MISTAKES) break;
  }
  return [...lines.values()];
}

function lineAt(text: string, offset: number): string {
  const end = text.indexOf('\n', offset);
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, end < 0 ? undefined : end).trim();
}

/** Where the quote opens that is still open at the end of the file, where the parser reports it. */
function openedAt(document: Document, end: number): number {
  let start = end;
  visit(document, {
    Scalar(_, { type, range }) {
      if (type?.startsWith('QUOTE') && range?.[1] === end) start = range[0];
    },
  });
  return start;
}
