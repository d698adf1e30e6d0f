/** Words that stand where a reason is to be written. */
const PLACEHOLDER = /^(?:todo|tbd|fixme|none|null|undefined|test|reason|why|because|asdf|lorem ipsum|placeholder|xxx+)\W*$/i;

/** Whether a text says something to whoever reads it next year: one word of four letters will do, such as "Christmas". */
export const saysSomething = (text: string): boolean => /\p{L}{4}|\p{L}\S*\s+\S*\p{L}/u.test(text) && !PLACEHOLDER.test(text.trim());
