/** Longest piece of what somebody wrote that a message repeats, characters. */
const LONGEST_QUOTE = 80;

/** How messages show what somebody wrote: in quotes, on one line, without invisible characters, shortened. */
export function quote(text: string): string {
  const start = text.slice(0, LONGEST_QUOTE);
  const visible = start.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (invisible) => `\\u{${invisible.codePointAt(0)?.toString(16)}}`);
  return `"${visible}${text.length > LONGEST_QUOTE ? '…' : ''}"`;
}
