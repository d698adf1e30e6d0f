import { type Document, parseAllDocuments } from 'yaml';

/** The part of an OpenAPI v3 schema that `npm run import` reads. */
export interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
  readonly 'x-kubernetes-int-or-string'?: boolean;
}

/** The part of a CustomResourceDefinition that the generator of types needs. */
export interface Crd {
  readonly apiVersion: string;
  readonly kind: 'CustomResourceDefinition';
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly group: string;
    readonly scope: string;
    readonly names: { readonly kind: string; readonly plural: string };
    readonly versions: readonly CrdVersion[];
  };
}

/** One version of a custom resource. */
export interface CrdVersion {
  readonly name: string;
  readonly served: boolean;
  readonly storage: boolean;
  readonly schema?: { readonly openAPIV3Schema: Schema };
}

/**
 * The CustomResourceDefinitions in a file of YAML documents, other objects left out.
 *
 * @throws SyntaxError if the text is not YAML
 */
export function parseCrds(text: string): Crd[] {
  const documents = parseDocuments(text) ?? parseDocuments(withoutQuotedDescriptions(text));
  if (documents === undefined) throw new SyntaxError('it is not YAML');
  return documents.filter((document) => document?.kind === 'CustomResourceDefinition') as Crd[];
}

function parseDocuments(text: string): Partial<Crd>[] | undefined {
  const documents: readonly Document[] = parseAllDocuments(text);
  return documents.every(({ errors }) => errors.length === 0) ? documents.map((document) => document.toJS()) : undefined;
}

/**
 * Flagger folds quoted descriptions onto lines without the indentation that YAML demands; other parsers forgive that.
 * Descriptions are dropped anyway, so they may go before parsing, which stays strict for all the rest.
 */
function withoutQuotedDescriptions(text: string): string {
  return text.replace(/^( *description:) '(?:[^']|'')*'$/gm, "$1 ''");
}
