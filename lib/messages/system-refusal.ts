import { quote } from './quote';

/** What the operating system answers, in words, and what to do about it. */
const ANSWERS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not: change its owner or its mode',
  EISDIR: 'it is a folder: move it away, or name a file in it',
  ELOOP: 'its links lead in a circle: replace them',
  EMFILE: 'too many files are open: raise the limit, or try again',
  ENAMETOOLONG: 'its name is too long: shorten it',
  ENOENT: 'nothing of that name exists: correct the name, or create it',
  ENOSPC: 'the disk is full: free some space',
  ENOTDIR: 'a part of it is a file, not a folder: correct the name',
  ENOTEMPTY: 'the folder holds something: move that away',
  EPERM: 'this user may not: change its owner or its mode',
  EROFS: 'the disk is read-only: work on another one',
  ERR_INVALID_ARG_VALUE: 'no name may hold a zero byte: correct the name',
};

/**
 * What to tell about an error of the operating system: its answer is news to the user, but no mistake in the program, so that nobody
 * needs the way to it.
 *
 * @returns undefined for every other error
 */
export function systemRefusal(error: unknown): string | undefined {
  const { code, syscall, path, message } = error as NodeJS.ErrnoException;
  const answer = code === undefined ? undefined : ANSWERS[code];
  if (answer === undefined || (syscall === undefined && code !== 'ERR_INVALID_ARG_VALUE')) return undefined;
  return `Cannot use ${path === undefined ? quote(message) : quote(path)} as ${answer}`;
}
