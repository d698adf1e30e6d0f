import type { Crd, Schema } from './crd';
import type { Pruning } from './pruning';

/** Written by the API server or by the generator; no manifest types them. */
const NOT_WRITTEN = ['apiVersion', 'kind', 'metadata', 'status'];

/**
 * What the types of a custom resource need of its definition: one version, pruned, and of its schema only the shape.
 *
 * The storage version is the one that every release of the operator understands. Descriptions, formats, defaults and
 * validations go: a format of `date-time` would even become a `Date`, which no manifest can hold.
 *
 * @throws RangeError if the definition stores no version with a schema, or a pruning names a field that does not exist (any more)
 */
export function shapeOf(crd: Crd, prunings: readonly Pruning[]): Crd {
  const { group, scope, names, versions } = crd.spec;
  const version = versions.find(({ storage }) => storage);
  if (version?.schema === undefined) {
    throw new RangeError(`Cannot import "${names.kind}" as it has no schema of a stored version: use another release`);
  }
  const ours = prunings.filter(({ kind }) => kind === names.kind);
  const written: Schema = fieldsOf(version.schema.openAPIV3Schema, { drop: NOT_WRITTEN });
  const openAPIV3Schema = ours.reduce((schema, pruning) => pruned(schema, stepsOf(pruning), pruning), shape(written));
  return {
    apiVersion: crd.apiVersion,
    kind: crd.kind,
    metadata: { name: crd.metadata.name },
    spec: {
      group,
      scope,
      names: { kind: names.kind, plural: names.plural },
      versions: [{ name: version.name, served: true, storage: true, schema: { openAPIV3Schema } }],
    },
  };
}

function shape(schema: Schema): Schema {
  // Without the alternatives the generator would type such a field as `any`.
  if (schema['x-kubernetes-int-or-string']) return { anyOf: [{ type: 'integer' }, { type: 'string' }] };
  const { type, enum: values, required, properties, items, additionalProperties } = schema;
  return {
    ...(type && { type }),
    ...(values && { enum: values }),
    ...(required && { required }),
    ...(properties && { properties: Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, shape(field)])) }),
    ...(items && { items: shape(items) }),
    ...(typeof additionalProperties === 'object' && { additionalProperties: shape(additionalProperties) }),
  };
}

/** `spec.generators[].list` → `spec`, `generators`, `[]`, `list`. */
function stepsOf({ at }: Pruning): string[] {
  return at
    .replaceAll('[]', '.[]')
    .split('.')
    .filter((step) => step !== '');
}

function pruned(schema: Schema, [step, ...rest]: readonly string[], pruning: Pruning): Schema {
  if (step === undefined) {
    const named = 'keep' in pruning ? pruning.keep : pruning.drop;
    const missing = named.find((field) => schema.properties?.[field] === undefined);
    if (missing !== undefined) throw unknownField(pruning, missing);
    return fieldsOf(schema, pruning);
  }
  const inner = step === '[]' ? schema.items : schema.properties?.[step];
  if (inner === undefined) throw unknownField(pruning, step);
  const kept = pruned(inner, rest, pruning);
  return step === '[]' ? { ...schema, items: kept } : { ...schema, properties: { ...schema.properties, [step]: kept } };
}

function fieldsOf(schema: Schema, choice: { readonly keep: readonly string[] } | { readonly drop: readonly string[] }): Schema {
  const stays = (field: string) => ('keep' in choice ? choice.keep.includes(field) : !choice.drop.includes(field));
  return {
    ...schema,
    ...(schema.required && { required: schema.required.filter(stays) }),
    properties: Object.fromEntries(Object.entries(schema.properties ?? {}).filter(([field]) => stays(field))),
  };
}

function unknownField({ kind, at }: Pruning, field: string): RangeError {
  return new RangeError(`Cannot prune "${at}" of ${kind} as it has no "${field}": correct its entry in tools/import/pruning.ts`);
}
