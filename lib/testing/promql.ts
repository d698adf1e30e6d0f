/** A node of a parsed query. */
interface QueryNode {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly type: { readonly isError: boolean };
}

// The package declares its types for ES modules only, though it ships both kinds.
const { parser } = require('@prometheus-io/lezer-promql') as {
  parser: { parse(query: string): { iterate(visitor: { enter(node: QueryNode): void }): void } };
};

/** What Prometheus' own grammar finds in a query: the metrics it names, and where it cannot be read. */
export function readQuery(query: string): { readonly metrics: readonly string[]; readonly errors: readonly number[] } {
  const metrics: string[] = [];
  const errors: number[] = [];
  let inSelector = false;

  parser.parse(query).iterate({
    enter({ name, from, to, type }) {
      if (type.isError) errors.push(from);
      if (name === 'VectorSelector') inSelector = true;
      else if (name === 'Identifier' && inSelector) {
        metrics.push(query.slice(from, to));
        inSelector = false;
      }
    },
  });
  return { metrics, errors };
}
