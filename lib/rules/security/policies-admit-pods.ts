import { IMAGE_SOURCES } from '../../kubernetes/image-sources';
import { type Data, record, records } from '../fields';
import { there } from '../references/there';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';

/** A list of sources in an expression that asks each image to start with one of them. */
const SOURCES = /\[((?:\s*(["'])[^"']*\2\s*,?)+)\]\.exists\((\w+),\s*\w+\.image\.startsWith\(\3\)\)/;
const QUOTED = /["']([^"']*)["']/g;

const NAME = 'kubernetes.io/metadata.name';

export const policiesAdmitPods: Rule = {
  id: 'policies-admit-pods',
  title: 'Admission policies look at namespaces of the target alone, admit what runs there, and take a signature from whom they name.',
  why: 'A policy over the namespaces of the cluster locks out what repairs it; one that does not know a registry refuses the next pod of a running workload; and one that takes a signature of anybody looks like proof and is none.',
  fix: 'Derive namespaces and sources as lib/foundation/admission-policies.ts does, and bind a signer from start (^) to end ($).',
  *check(target) {
    const images = new Map<string, string[]>();
    for (const { workload, spec } of target.containers())
      images.set(workload.namespace, [...(images.get(workload.namespace) ?? []), String(spec.image)]);
    for (const kind of ['ValidatingPolicy.policies.kyverno.io', 'ImageValidatingPolicy.policies.kyverno.io']) {
      for (const object of target.all(kind)) {
        const spec = record(object.spec);
        const at = (field: string, message: string): Problem => ({ object, field: `/spec${field}`, message });
        const namespaces = namespacesOf(spec);
        if (namespaces === undefined) {
          const message = `does not name namespaces (${NAME}, In): pods of the cluster and of addons would be judged as well`;
          yield at('/matchConstraints/namespaceSelector', message);
          continue;
        }
        const seen = namespaces.flatMap((namespace) => images.get(namespace) ?? []);
        for (const [field, message] of [...ofNamespaces(namespaces, target), ...ofSources(spec, seen), ...ofSigners(spec)])
          yield at(field, message);
      }
    }
  },
};

type Fault = readonly [field: string, message: string];

function namespacesOf({ matchConstraints }: Data): readonly string[] | undefined {
  const terms = records(record(record(matchConstraints).namespaceSelector).matchExpressions);
  const found = terms.find(({ key, operator, values }) => key === NAME && operator === 'In' && Array.isArray(values));
  return found?.values;
}

function* ofNamespaces(namespaces: readonly string[], target: TargetIndex): Iterable<Fault> {
  const known = target.all('Namespace').map(({ metadata }) => metadata.name);
  const stranger = known.length === 0 ? undefined : namespaces.find((namespace) => !known.includes(namespace));
  if (stranger !== undefined)
    yield ['/matchConstraints/namespaceSelector', `names ${stranger}, which the target does not make${there(known, stranger)}`];
}

function* ofSources({ validations }: Data, images: readonly string[]): Iterable<Fault> {
  for (const [i, { expression }] of records(validations).entries()) {
    if (!isBalanced(String(expression))) {
      yield [`/validations/${i}/expression`, 'has brackets that do not close: the policy would not be active'];
      continue;
    }
    const [, list] = SOURCES.exec(String(expression)) ?? [];
    if (list === undefined) continue;
    const sources = [...list.matchAll(QUOTED)].map(([, source = '']) => source);
    // Other images are what images-from-known-sources is about.
    const known = images.filter((image) => startsWithAny(image, IMAGE_SOURCES));
    const refused = known.find((image) => !startsWithAny(image, sources));
    if (refused !== undefined) yield [`/validations/${i}/expression`, `refuses "${refused}", which runs there${there(sources, refused)}`];
    const [everything] = sources.filter((source) => !source.includes('/'));
    if (everything !== undefined)
      yield [`/validations/${i}/expression`, `admits all that begins with "${everything}", and names no registry: end it with a slash`];
  }
}

const startsWithAny = (image: string, sources: readonly string[]): boolean => sources.some((source) => image.startsWith(source));

function* ofSigners({ attestors, matchImageReferences }: Data): Iterable<Fault> {
  for (const [i, { glob }] of records(matchImageReferences).entries()) {
    const [start = ''] = String(glob).split('*');
    if (typeof glob === 'string' && !IMAGE_SOURCES.some((source) => start.startsWith(source) || source.startsWith(start)))
      yield [`/matchImageReferences/${i}/glob`, `is "${glob}", which no known source of images begins with: nothing is verified`];
  }
  for (const [i, { cosign }] of records(attestors).entries()) {
    for (const [n, identity] of records(record(record(cosign).keyless).identities).entries()) {
      const { subject, subjectRegExp, issuer, issuerRegExp } = identity;
      const at = `/attestors/${i}/cosign/keyless/identities/${n}`;
      if (subject === undefined && !isBound(subjectRegExp))
        yield [`${at}/subjectRegExp`, `is ${JSON.stringify(subjectRegExp)}, which anybody matches: name who signs, from ^ to $`];
      if (issuer === undefined && !isBound(issuerRegExp))
        yield [`${at}/issuer`, 'is missing: whoever issues a certificate of that name would be believed'];
    }
  }
}

/** Whether every bracket outside of texts is closed by its own kind. */
function isBalanced(expression: string): boolean {
  const open: string[] = [];
  for (const [bracket] of expression.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '').matchAll(/[()[\]{}]/g)) {
    const opening = { ')': '(', ']': '[', '}': '{' }[bracket];
    if (opening === undefined) open.push(bracket);
    else if (open.pop() !== opening) return false;
  }
  return open.length === 0;
}

/** An expression that begins and ends where the name does, and says something between. */
const isBound = (expression: unknown): boolean => /^\^(?!\.[*+]\$$).+\$$/.test(String(expression ?? ''));
