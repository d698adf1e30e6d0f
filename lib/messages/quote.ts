/** Longest piece of what somebody wrote that a message repeats, characters. */
const LONGEST_QUOTE = 80;

const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]/gu;
const INVISIBLE_BUT_BREAKS = /(?!\n)[\p{C}\p{Zl}\p{Zp}]/gu;

/** How messages show what somebody wrote: in quotes, on one line, without invisible characters, shortened. */
export function quote(text: string): string {
  const start = text.slice(0, LONGEST_QUOTE);
  return `"${visible(start, INVISIBLE)}${text.length > LONGEST_QUOTE ? '…' : ''}"`;
}

/** Lines as a terminal may show them, whoever wrote them: nothing in them moves its cursor or hides text. */
export const printable = (text: string): string => visible(text, INVISIBLE_BUT_BREAKS);

function visible(text: string, characters: RegExp): string {
  return text.replace(characters, (invisible) => `\\u{${invisible.codePointAt(0)?.toString(16)}}`);
}
