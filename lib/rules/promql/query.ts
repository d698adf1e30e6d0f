/** A node of a parsed query, as far as rules look at it. */
interface Node {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly type: { readonly isError: boolean };
  readonly parent: Node | null;
  readonly firstChild: Node | null;
  readonly lastChild: Node | null;
  getChild(name: string): Node | null;
  getChildren(name: string): readonly Node[];
}

interface Tree {
  readonly topNode: Node;
  iterate(visitor: { enter(node: { readonly node: Node }): void }): void;
}

/** A query, taken apart. */
export interface Query {
  /** Where Prometheus could not read on; undefined where it can. */
  readonly error: number | undefined;

  /** Whether it answers with a range, which neither alerts nor Flagger take. */
  readonly isRange: boolean;
  readonly selectors: readonly Selector[];
  readonly quantiles: readonly Quantile[];
  readonly quotients: readonly Quotient[];

  /** Values that are compared with a number, as they are written. */
  readonly comparisons: readonly { readonly metric: string; readonly bound: number }[];
}

/** A choice of series. */
export interface Selector {
  readonly metric: string;
  readonly labels: readonly { readonly name: string; readonly exact: boolean; readonly value: string }[];

  /** The window, as it is written; undefined for the newest value alone. */
  readonly window: string | undefined;

  /** The function that the series go through first. */
  readonly through: string | undefined;
}

/** A call of histogram_quantile. */
export interface Quantile {
  readonly share: number;
  readonly of: string;
}

/** A division. */
export interface Quotient {
  readonly dividend: string;
  readonly divisor: string;
}

let parser: { parse(query: string): Tree } | undefined;

/** Regions ask the same questions: each is read once. */
const read = new Map<string, Query>();
const MOST_KEPT = 2000;

/** Values that decide nothing about whether a query is right, and differ from region to region. */
const OWN_VALUES = /\b(model_name|namespace|pod)(=~?)"[^"]*"/g;

/** Reads a query with Prometheus' own grammar. */
export function queryOf(text: string): Query {
  const alike = text.replace(OWN_VALUES, '$1$2"x"');
  const known = read.get(alike);
  if (known !== undefined) return known;
  if (read.size === MOST_KEPT) read.clear();
  const query = take(alike);
  read.set(alike, query);
  return query;
}

function take(text: string): Query {
  // Loaded with the first query, since most commands see none. Its types are for ES modules only.
  parser ??= (require('@prometheus-io/lezer-promql') as { parser: NonNullable<typeof parser> }).parser;
  const tree = parser.parse(text);
  const written = ({ from, to }: Node): string => text.slice(from, to);
  const query = { selectors: [] as Selector[], quantiles: [] as Quantile[], quotients: [] as Quotient[] };
  const comparisons: { metric: string; bound: number }[] = [];
  let error: number | undefined = text.trim() === '' ? 0 : undefined;

  tree.iterate({
    enter({ node }) {
      if (node.type.isError) error ??= node.from;
      else if (node.name === 'VectorSelector') query.selectors.push(selectorOf(node, written));
      else if (node.name === 'FunctionCall' && written(node).startsWith('histogram_quantile')) {
        const body = node.getChild('FunctionCallBody');
        query.quantiles.push({
          share: Number(body?.firstChild && written(body.firstChild)),
          of: body?.lastChild ? written(body.lastChild) : '',
        });
      } else if (node.name === 'BinaryExpr' && node.firstChild !== null && node.lastChild !== null) {
        const [left, right] = [written(node.firstChild), written(node.lastChild)];
        if (node.getChild('Div') !== null) query.quotients.push({ dividend: left, divisor: right });
        const [, metric] = /([a-zA-Z_:][\w:]*)\{[^{}]*\}\)?$/.exec(left) ?? [];
        if (metric !== undefined && (node.getChild('Gtr') ?? node.getChild('Gte')) !== null)
          comparisons.push({ metric, bound: Number(right) });
      }
    },
  });
  return { error, isRange: tree.topNode.firstChild?.name === 'MatrixSelector', comparisons, ...query };
}

function selectorOf(node: Node, written: (node: Node) => string): Selector {
  const name = node.getChild('Identifier');
  const matrix = node.parent?.name === 'MatrixSelector' ? node.parent : undefined;
  const call = (matrix ?? node).parent?.parent;
  const through =
    call?.name === 'FunctionCall'
      ? call.getChild('FunctionIdentifier')
      : call?.name === 'AggregateExpr'
        ? call.getChild('AggregateOp')
        : null;
  const window = matrix?.getChild('DurationExpr') ?? matrix?.lastChild;
  return {
    metric: name === null ? '' : written(name),
    labels: (node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? []).map((matcher) => {
      const [label, operator, value] = ['LabelName', 'MatchOp', 'StringLiteral'].map((each) => matcher.getChild(each));
      return {
        name: label ? written(label) : '',
        exact: operator !== null && operator !== undefined && !written(operator).includes('~'),
        value: value ? written(value).slice(1, -1) : '',
      };
    }),
    window: window ? written(window) : undefined,
    through: through === null ? undefined : written(through),
  };
}
