import { rows } from './rows';

/** Checks by the number of their requirement. */
export type Checks = Readonly<Record<number, () => void>>;

/**
 * Defines one test for each requirement of a source document. Its title is the requirement's row in `docs/requirements.md`, so the page and
 * the tests cannot drift apart.
 *
 * @param source letter before the numbers
 * @param count how many requirements the source has
 * @param sections checks, by topic; a number stands in one of them
 */
export function acceptance(source: string, count: number, sections: readonly Checks[]): void {
  const ids = Array.from({ length: count }, (_, index) => `${source}${index + 1}`);
  const described = new Map(rows.filter(({ id }) => id.startsWith(source)).map((row) => [row.id, row]));
  const checked = sections.flatMap((section) => Object.keys(section).map((number) => `${source}${number}`));

  test(`docs/requirements.md has a row for each of the ${count} requirements of ${source}, in order`, () => {
    expect([...described.keys()]).toEqual(ids);
  });

  test(`${source} has a check for each of its ${count} requirements, and one alone`, () => {
    expect([...checked].sort()).toEqual([...ids].sort());
  });

  const checks: Checks = Object.assign({}, ...sections);
  for (const id of ids) {
    const title = `${id} ${described.get(id)?.requirement ?? ''}`;
    const check = checks[Number(id.slice(source.length))];
    if (check !== undefined) test(title, check);
  }
}
