/** A form of names, with its longest length. */
export interface NameForm {
  readonly pattern: RegExp;
  readonly longest: number;

  /** The form in words, as messages say it. */
  readonly says: string;
}

const LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;

/** A part of a DNS name. */
const dnsLabel: NameForm = { pattern: LABEL, longest: 63, says: 'lower-case letters, digits and inner dashes' };

/** Such parts with dots between. */
const dnsSubdomain: NameForm = { pattern: SUBDOMAIN, longest: 253, says: 'lower-case letters, digits, inner dashes and dots' };

/** Names of Services begin with a letter. */
const serviceName: NameForm = {
  pattern: /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/,
  longest: 63,
  says: 'lower-case letters, digits and inner dashes after a letter',
};

/** Roles and bindings have names that fit a path. */
const PATH: NameForm = { pattern: /^(?!\.\.?$)[^/%]+$/, longest: 253, says: 'free of slashes and percent signs' };

/** Names with room for what a controller appends: 63 characters fit a label and a host name. */
const beforeSuffix = (longest: number): NameForm => ({ ...dnsLabel, longest });

const FORMS: Readonly<Record<string, NameForm>> = {
  Namespace: dnsLabel,
  Service: serviceName,
  // `<name>-<hash of 10>` is a label of its pods.
  StatefulSet: beforeSuffix(52),
  // `<name>-<11 digits>` is the name of its Jobs.
  CronJob: beforeSuffix(52),
  // Its name is a label of its pods.
  Job: dnsLabel,
  // CloudNativePG's own limit: its instances, Services and Secrets have suffixes.
  Cluster: beforeSuffix(50),
  Role: PATH,
  ClusterRole: PATH,
  RoleBinding: PATH,
  ClusterRoleBinding: PATH,
};

/** The form that names of a kind have. */
export const formOf = (kind: string): NameForm => (Object.hasOwn(FORMS, kind) ? (FORMS[kind] as NameForm) : dnsSubdomain);

/** What is wrong with a name, if anything. */
export function nameFault(name: unknown, { pattern, longest, says }: NameForm): string | undefined {
  if (typeof name !== 'string' || name === '') return `is ${JSON.stringify(name) ?? 'missing'}, not a name`;
  if (name.length > longest)
    return `is "${name}", ${name.length} characters long: at most ${longest} are allowed, so that controllers can append to it`;
  return pattern.test(name) ? undefined : `is "${name}", not ${says}`;
}

const LABEL_PART = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const PART_SAYS = 'letters, digits, and inner dashes, dots and underscores';

/** What is wrong with the key of a label or an annotation: perhaps a domain and a slash, then a name. */
export function keyFault(key: string): string | undefined {
  const slash = key.indexOf('/');
  const [domain, name] = slash < 0 ? [undefined, key] : [key.slice(0, slash), key.slice(slash + 1)];
  if (domain !== undefined && (domain.length > 253 || !SUBDOMAIN.test(domain))) return `has the prefix "${domain}", which is no domain`;
  if (name.length > 63) return `has a name of ${name.length} characters: at most 63 are allowed`;
  return LABEL_PART.test(name) ? undefined : `has a name that is not ${PART_SAYS}`;
}

/** What is wrong with the value of a label, which may be empty. */
export function valueFault(value: string): string | undefined {
  if (value.length > 63) return `is "${value}", ${value.length} characters long: at most 63 are allowed`;
  return value === '' || LABEL_PART.test(value) ? undefined : `is "${value}", not ${PART_SAYS}`;
}
