import type { Manifest } from '../../kubernetes/manifest';
import { type Data, escaped, isRecord } from '../fields';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';
import { credentialIn, isLiteral, isSensitive } from './secret-shapes';

export const noSecretValues: Rule = {
  id: 'no-secret-values',
  title: 'Nothing in Git looks like a credential.',
  why: 'Everybody who reads the repository reads it, for ever; removing it later removes it from nothing but the last commit.',
  fix: 'Deliver the value with an ExternalSecret, reference it where it is needed, and revoke what was written here.',
  *check(target) {
    for (const object of target.objects) yield* new Scan(target, object).problems();
  },
};

/** Fields of these names hold the name of a Secret. */
const NAMES_SECRET = /secret$|credentials?$/i;

class Scan {
  readonly #trail: (string | number)[] = [];
  readonly #problems: Problem[] = [];

  constructor(
    private readonly target: TargetIndex,
    private readonly object: Manifest,
  ) {}

  public problems(): readonly Problem[] {
    this.#visit(this.object, '');
    return this.#problems;
  }

  /** @param name what the value is called: its field, or the environment variable that it belongs to */
  #visit(value: Data, name: string): void {
    if (typeof value === 'string') this.#judge(value, name);
    else if (typeof value === 'number' && /password|pwd/i.test(name)) this.#judge(String(value), name);
    else if (Array.isArray(value)) this.#list(value, name);
    else if (isRecord(value)) this.#fields(value);
  }

  #list(values: readonly Data[], name: string): void {
    for (let i = 0; i < values.length; i++) {
      // `--password value` as two arguments
      const before = values[i - 1];
      this.#trail.push(i);
      this.#visit(values[i], typeof before === 'string' && before.startsWith('-') ? before : name);
      this.#trail.pop();
    }
  }

  #fields(fields: Readonly<Record<string, Data>>): void {
    for (const field in fields) {
      this.#trail.push(field);
      this.#visit(fields[field], field === 'value' && typeof fields['name'] === 'string' ? fields['name'] : field);
      this.#trail.pop();
    }
  }

  #judge(value: string, name: string): void {
    const known = isSensitive(name) && isLiteral(name, value) && !this.#isName(value, name);
    const found = known ? `a value for "${name.replace(/^-+/, '')}"` : credentialIn(value, name);
    if (found === undefined) return;
    const field = `/${this.#trail.map((step) => escaped(String(step))).join('/')}`;
    this.#problems.push({ object: this.object, field, message: `holds ${found}` });
  }

  #isName(value: string, name: string): boolean {
    return NAMES_SECRET.test(name) && this.target.secrets.has(`${this.object.metadata.namespace ?? ''}/${value}`);
  }
}
