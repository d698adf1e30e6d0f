/** Names longer than this are no typing errors, and comparing them would take long. */
const LONGEST_NAME = 64;

/** The known name with the fewest typing errors, if a third of it or more is right. */
export function closest(name: string, known: readonly string[]): string | undefined {
  if (name.length > LONGEST_NAME) return undefined;
  const ranked = known.map((candidate) => ({ candidate, typos: typos(name.toLowerCase(), candidate.toLowerCase()) }));
  const best = ranked.filter(({ candidate, typos }) => typos <= Math.max(1, candidate.length / 3)).sort((a, b) => a.typos - b.typos)[0];
  return best?.candidate;
}

/** Letters to insert, remove, replace or swap with their neighbour (optimal string alignment distance). */
export function typos(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current[column] = Math.min(
        cell(current, column - 1) + 1,
        cell(last, column) + 1,
        cell(last, column - 1) + (same ? 0 : 1),
        swapped ? cell(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    beforeLast = last;
    last = current;
  }
  return cell(last, to.length);
}

const cell = (row: readonly number[], column: number): number => row[column] ?? Number.POSITIVE_INFINITY;
