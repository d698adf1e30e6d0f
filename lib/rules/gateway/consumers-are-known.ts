import type { Manifest } from '../../kubernetes/manifest';
import { podSecretsOf } from '../config-maps';
import { storedIn, textOf } from '../data/replica-sets';
import { escaped, record, records } from '../fields';
import { there } from '../references/there';
import type { Problem, Rule } from '../rule';
import type { SecretKeys } from '../secrets';
import type { TargetIndex } from '../target-index';

const GROUP = 'configuration.konghq.com';
const CLASS = 'kubernetes.io/ingress.class';
const CREDENTIAL = 'konghq.com/credential';
const TEMPLATE = '/spec/target/template';

/** What Kong's controller wants to find in a credential, by its kind, which is also the plugin that reads it. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  jwt: ['algorithm', 'key'],
  'key-auth': ['key'],
  'basic-auth': ['password', 'username'],
  'hmac-auth': ['secret', 'username'],
  acl: ['group'],
};

export const consumersAreKnown: Rule = {
  id: 'consumers-are-known',
  title:
    'Every consumer of Kong belongs to a gateway and has a credential that a plugin takes, and tokens that somebody signs, and that end.',
  why: "Kong's controller leaves out a consumer or a credential that it cannot read, and Kong then refuses every request. A token that never expires, or that stands in URLs and so in logs, works for whoever finds it.",
  fix: 'Use TokenAuthentication of lib/routing/token-authentication.ts, and hand the same issuer to the service that signs.',
  *check(target) {
    for (const object of target.all(`KongConsumer.${GROUP}`)) {
      const classes = classesOf(object, target);
      const served = object.metadata.annotations?.[CLASS];
      if (classes.size > 0 && !classes.has(served)) {
        const given = served === undefined ? 'missing' : `"${served}"`;
        const message = `is ${given}, but routes of the namespace attach to gateways of other classes${there([...classes].map(String))}`;
        yield { object, field: `/metadata/annotations/${escaped(CLASS)}`, message };
      }
      const names: readonly unknown[] = Array.isArray(object.credentials) ? object.credentials : [];
      if (names.length === 0) yield { object, field: '/credentials', message: 'is empty: nobody can be this consumer' };
      for (const name of names) {
        const secret = target.secrets.get(`${object.metadata.namespace ?? ''}/${String(name)}`);
        if (secret?.by.kind === 'ExternalSecret') yield* ofCredential(secret, target);
      }
    }
    for (const object of target.all(`KongPlugin.${GROUP}`)) if (object.plugin === 'jwt') yield* ofPlugin(object);
  },
};

/** Classes of the gateways on which routes of a consumer's namespace hang. */
function classesOf({ metadata: { namespace } }: Manifest, target: TargetIndex): ReadonlySet<unknown> {
  const routes = target.all('HTTPRoute.gateway.networking.k8s.io').filter(({ metadata }) => metadata.namespace === namespace);
  const parents = routes.flatMap(({ spec }) => records(spec?.parentRefs));
  return new Set(
    parents.flatMap(
      ({ namespace: where = namespace, name }) =>
        target.find('Gateway.gateway.networking.k8s.io', String(where), String(name))?.spec?.gatewayClassName ?? [],
    ),
  );
}

function* ofCredential({ by: object, keys }: SecretKeys, target: TargetIndex): Iterable<Problem> {
  const { metadata, data } = record(object.spec?.target?.template);
  const kind: unknown = record(metadata?.labels)[CREDENTIAL];
  const fields = typeof kind === 'string' ? FIELDS[kind] : undefined;
  const label = `${TEMPLATE}/metadata/labels/${escaped(CREDENTIAL)}`;
  if (fields === undefined) {
    const message = `is ${kind === undefined ? 'missing' : `"${kind}"`}: Kong's controller does not know what the Secret is${there(Object.keys(FIELDS))}`;
    yield { object, field: label, message };
    return;
  }
  const plugins = target.all(`KongPlugin.${GROUP}`).filter(({ metadata: { namespace } }) => namespace === object.metadata.namespace);
  if (!plugins.some(({ plugin }) => plugin === kind))
    yield { object, field: label, message: `is "${kind}", but no plugin of the namespace checks credentials of that kind` };

  const values = record(data);
  const needed = [...fields, ...(kind === 'jwt' ? [verifier(values.algorithm)] : [])];
  for (const field of needed.filter((name) => keys?.has(name) === false)) {
    yield { object, field: `${TEMPLATE}/data`, message: `lacks "${field}", without which Kong takes no ${kind} credential` };
  }
  if (kind === 'jwt' && values.secret !== undefined) yield* ofSigners(object, values, target);
}

/** What signatures are checked by: a shared secret, or a public key. */
const verifier = (algorithm: unknown): string => (String(algorithm).startsWith('HS') ? 'secret' : 'rsa_public_key');

/** Services with the secret that Kong checks tokens by: each signs as the credential says. */
function* ofSigners(object: Manifest, values: Readonly<Record<string, unknown>>, target: TargetIndex): Iterable<Problem> {
  const { name, namespace = '' } = object.metadata;
  const stored = storedIn(target, namespace, name, 'secret');
  const signers = target.workloads.filter((workload) =>
    podSecretsOf(workload).some((read) => read.key !== undefined && storedIn(target, workload.namespace, read.name, read.key) === stored),
  );
  if (
    stored !== undefined &&
    signers.every((workload) => workload.containers.every(({ spec }) => textOf(records(spec.env), 'JWT_ISSUER') === undefined))
  ) {
    yield { object, field: '/spec/data', message: `takes the entry "${stored}" of the secret store, but no service signs tokens with it` };
  }
  for (const { object: signer, containers } of signers) {
    for (const { spec, field } of containers) {
      const env = records(spec.env);
      for (const [variable, key] of [
        ['JWT_ISSUER', 'key'],
        ['JWT_ALGORITHM', 'algorithm'],
      ] as const) {
        const told = textOf(env, variable);
        if (told === undefined || values[key] === undefined || told === values[key]) continue;
        const at = `${field}/env/${env.findIndex((each) => each.name === variable)}/value`;
        yield { object: signer, field: at, message: `is "${told}", but Kong expects "${values[key]}" (ExternalSecret/${name})` };
      }
    }
  }
}

function* ofPlugin(object: Manifest): Iterable<Problem> {
  const { claims_to_verify: claims, uri_param_names: names } = record(object.config);
  if (!Array.isArray(claims) || !claims.includes('exp')) {
    yield { object, field: '/config/claims_to_verify', message: 'does not list "exp": tokens would never expire' };
  }
  if (!Array.isArray(names) || names.length > 0) {
    yield { object, field: '/config/uri_param_names', message: 'is not empty: tokens are taken from addresses, which logs keep' };
  }
}
