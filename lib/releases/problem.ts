/** A mistake in a release file, with its place and its cure: `releases/prod.yaml:14:9 Cannot …`. */
export interface Problem {
  readonly message: string;
}

/** Everything that is wrong with the release files, sorted by file and place. Its message lists every problem on a line. */
export class ReleaseProblems extends Error {
  constructor(public readonly problems: readonly Problem[]) {
    super(problems.map(({ message }) => message).join('\n'));
    this.name = 'ReleaseProblems';
  }
}

/** `a, b or c`. */
export function anyOf(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
