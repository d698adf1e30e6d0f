import type { Manifest } from '../../kubernetes/manifest';
import type { SynthesizedApp } from '../../kubernetes/synthesized';

/** An Application as Argo CD sees it, and the ApplicationSet that yields it, if one does. */
export interface Rendered {
  readonly application: Manifest;
  readonly set?: Manifest;
}

/** Every Application of `argocd/`: those that are written, and those that ApplicationSets yield. */
export function renderApplications(folders: readonly SynthesizedApp[]): Rendered[] {
  const manifests = folders.flatMap((folder) => folder.manifests);
  const written = manifests.filter(({ kind }) => kind === 'Application').map((application) => ({ application }));
  return [...written, ...manifests.filter(({ kind }) => kind === 'ApplicationSet').flatMap(renderSet)];
}

function renderSet(set: Manifest): Rendered[] {
  const elements: Record<string, unknown>[] = set.spec.generators.flatMap(({ list }: { list: { elements: object[] } }) => list.elements);
  return elements.map((element) => {
    const application = { apiVersion: set.apiVersion, kind: 'Application', ...(render(set.spec.template, element) as object) };
    return { application: application as unknown as Manifest, set };
  });
}

/**
 * Go's templates, as far as Slipway uses them: `{{.key}}` in any text.
 *
 * Throws where a key is missing, as `missingkey=error` does, and at whatever else Go would evaluate.
 */
export function render(template: unknown, values: Readonly<Record<string, unknown>>): unknown {
  if (typeof template === 'string') return renderText(template, values);
  if (Array.isArray(template)) return template.map((item) => render(item, values));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(Object.entries(template).map(([key, value]) => [key, render(value, values)]));
}

function renderText(template: string, values: Readonly<Record<string, unknown>>): string {
  const text = template.replaceAll(/\{\{\.(\w+)\}\}/g, (_, key: string) => {
    const value = values[key];
    if (typeof value !== 'string') throw new RangeError(`Cannot render "${template}" as "${key}" is no text: write it in each element`);
    return value;
  });
  if (/\{\{|\}\}/.test(text)) throw new RangeError(`Cannot render "${template}" as only {{.key}} is known: write the rest at synthesis`);
  return text;
}
