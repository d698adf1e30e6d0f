import type { Node } from './node';

/** A comparison with a number. */
export interface Comparison {
  /** What is compared, without the labels of its series. */
  readonly left: string;

  readonly operator: Operator;
  readonly bound: number;

  /** Whether what is compared is a part of something divided by all of it. */
  readonly isShare: boolean;

  /** Whether the query has a value as soon as this holds, whatever else it asks. */
  readonly isEnough: boolean;
}

/** How values are compared with numbers. */
export type Operator = '>' | '>=' | '<' | '<=' | '==' | '!=';

/** Comparisons, as the grammar calls them. */
const OPERATORS: readonly (readonly [name: string, operator: Operator])[] = [
  ['Gtr', '>'],
  ['Gte', '>='],
  ['Lss', '<'],
  ['Lte', '<='],
  ['Eql', '=='],
  ['Neq', '!='],
];

/**
 * The comparison that an expression is, if it is one with a number.
 *
 * @param written what a node says, without the labels of its series
 */
export function comparisonOf(node: Node, written: (node: Node) => string): Comparison | undefined {
  const { firstChild: left, lastChild: right } = node;
  if (left === null || right === null || !right.name.startsWith('Number')) return undefined;
  const operator = OPERATORS.find(([name]) => node.getChild(name) !== null)?.[1];
  if (operator === undefined) return undefined;
  const isShare = isPartOfWhole(left, written);
  return { left: written(left), operator, bound: Number(written(right)), isShare, isEnough: isEnough(node) };
}

/** Whether a node divides some series by all series of the same kind. */
function isPartOfWhole(node: Node, written: (node: Node) => string): boolean {
  if (node.name === 'ParenExpr' && node.firstChild !== null) return isPartOfWhole(node.firstChild, written);
  const body =
    node.name === 'AggregateExpr' && /^(?:max|min|avg)\b/.test(written(node)) ? node.getChild('FunctionCallBody')?.firstChild : undefined;
  if (body) return isPartOfWhole(body, written);
  if (node.getChild('Div') === null || node.firstChild === null || node.lastChild === null) return false;
  const sides = [node.firstChild, node.lastChild].map((side) => written(side));
  const [part, whole] = sides.map((side) => side.replace(GUARDS, ''));
  return part === whole || sides.every((side) => IN_BYTES.test(side));
}

/** Whether there is nothing around a node but other conditions that would do as well. */
function isEnough({ parent }: Node): boolean {
  if (parent === null || parent.parent === null) return true;
  return (parent.name === 'ParenExpr' || parent.getChild('Or') !== null) && isEnough(parent);
}

/** What keeps a share from having no value, and parentheses around it. */
const GUARDS = /\bor vector\(0\)|> 0|== \d+|[\s()]/g;

/** Memory and disks, whose figures are divided by nothing but the whole of them. */
const IN_BYTES = /(?:_bytes|DCGM_FI_DEV_FB_\w+)\b/;
