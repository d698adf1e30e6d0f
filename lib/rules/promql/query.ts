import { perText } from '../per-text';
import { type Comparison, comparisonOf } from './comparison';
import type { Node } from './node';

/** A node that is passed by; what it costs to stand still there is paid by whoever asks for it. */
interface Passed extends Pick<Node, 'name' | 'from' | 'type'> {
  readonly node: Node;
}

interface Tree {
  readonly topNode: Node;
  iterate(visitor: { enter(passed: Passed): void }): void;
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
  readonly comparisons: readonly Comparison[];
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

const OF_INTEREST: ReadonlySet<string> = new Set(['VectorSelector', 'FunctionCall', 'BinaryExpr']);

/** Values that decide nothing about whether a query is right, and differ from region to region. */
const OWN_VALUES = /\b(model_name|namespace|pod)(=~?)"[^"]*"/g;

/** A literal, in any of the quotes that Prometheus knows. */
const LITERAL = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`/.source;
const MATCHER = `\\s*[a-zA-Z_]\\w*\\s*(?:=~|!~|!=|=)\\s*(?:${LITERAL})\\s*`;

/** Literals elsewhere, and lists of labels, whose grammar is so simple that it needs no parser. */
const LITERALS_AND_LABELS = new RegExp(`${LITERAL}|\\{${MATCHER}(?:,${MATCHER})*,?\\s*\\}`, 'g');
const LABELS = new RegExp(`\\{(?:${MATCHER}(?:,${MATCHER})*,?)?\\s*\\}`, 'g');
const LABEL = new RegExp(`([a-zA-Z_]\\w*)\\s*(=~|!~|!=|=)\\s*(${LITERAL})`, 'g');

/** Reads a query with Prometheus' own grammar. */
export const queryOf = (text: string): Query => read(text.replace(OWN_VALUES, '$1$2"x"'));

/** Regions ask the same questions: each is read once. */
const read = perText((text): Query => {
  const { tree, origin } = treeOf(text);
  const written = ({ from, to }: Node): string => text.slice(origin(from), origin(to));
  const query = { selectors: [] as Selector[], quantiles: [] as Quantile[], quotients: [] as Quotient[] };
  const comparisons: Comparison[] = [];
  let error: number | undefined = text.trim() === '' ? 0 : undefined;

  const visit = (node: Node): void => {
    if (node.name === 'VectorSelector') query.selectors.push(selectorOf(node, written));
    else if (node.name === 'FunctionCall' && written(node).startsWith('histogram_quantile')) {
      const body = node.getChild('FunctionCallBody');
      query.quantiles.push({
        share: Number(body?.firstChild && written(body.firstChild)),
        of: body?.lastChild ? written(body.lastChild) : '',
      });
    } else if (node.name === 'BinaryExpr' && node.firstChild !== null && node.lastChild !== null) {
      const [left, right] = [written(node.firstChild), written(node.lastChild)];
      if (node.getChild('Div') !== null) query.quotients.push({ dividend: left, divisor: right });
      const comparison = comparisonOf(node, (side) => written(side).replace(LABELS, ''));
      if (comparison !== undefined) comparisons.push(comparison);
    }
  };
  tree.iterate({
    enter(passed) {
      if (passed.type.isError) error ??= origin(passed.from);
      else if (OF_INTEREST.has(passed.name)) visit(passed.node);
    },
  });
  return { error, isRange: tree.topNode.firstChild?.name === 'MatrixSelector', comparisons, ...query };
});

/** Parses a query without its labels, since they are half of it, and tells where the places of what is left are in the whole. */
function treeOf(text: string): { readonly tree: Tree; readonly origin: (place: number) => number } {
  const cuts: { readonly at: number; readonly length: number }[] = [];
  let gone = 0;
  const cut = (part: string, at: number): string => {
    if (!part.startsWith('{')) return part;
    const length = part.length - '{}'.length;
    cuts.push({ at: at - gone + 1, length });
    gone += length;
    return '{}';
  };
  // A comment may hold anything, half a literal included.
  const rest = text.includes('#') ? text : text.replace(LITERALS_AND_LABELS, cut);
  const origin = (place: number): number => cuts.reduce((sum, { at, length }) => (place > at ? sum + length : sum), place);
  return { tree: parse(rest), origin };
}

const parse = perText((query): Tree => {
  // Loaded with the first query, since most commands see none. Its types are for ES modules only.
  parser ??= (require('@prometheus-io/lezer-promql') as { parser: NonNullable<typeof parser> }).parser;
  return parser.parse(query);
});

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
    labels: [...written(node).matchAll(LABEL)].map(([, label = '', operator = '', value = '']) => ({
      name: label,
      exact: !operator.includes('~'),
      value: value.slice(1, -1),
    })),
    window: window ? written(window) : undefined,
    through: through === null ? undefined : written(through),
  };
}
