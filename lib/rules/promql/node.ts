/** A node of a parsed query, as far as rules look at it. */
export interface Node {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly type: { readonly isError: boolean };
  readonly parent: Node | null;
  readonly firstChild: Node | null;
  readonly lastChild: Node | null;
  getChild(name: string): Node | null;
}
