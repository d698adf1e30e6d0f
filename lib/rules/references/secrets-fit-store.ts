import type { Manifest } from '../../kubernetes/manifest';
import { follow, path, record, records } from '../fields';
import type { Rule } from '../rule';
import { secretReads } from '../secret-reads';
import type { TargetIndex } from '../target-index';

const STORE = 'ClusterSecretStore.external-secrets.io';

/** What each kind of store accepts as a name, and how it says so. */
const NAMES: Readonly<Record<string, readonly [shape: RegExp, rule: string]>> = {
  aws: [/^[\w/+=.@-]{1,512}$/, 'letters, digits and /_+=.@-'],
  azurekv: [/^[A-Za-z0-9-]{1,127}$/, 'letters, digits and dashes'],
  gcpsm: [/^[\w-]{1,255}$/, 'letters, digits, dashes and underscores'],
  kubernetes: [/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, 'the name of a Secret'],
};

const PULL_SECRETS = /\/imagePullSecrets\/\d+(?:\/name)?$/;
const CONFIG_PATCH = /^\/configPatches\/\d+\/valueFrom\/secretKeyRef$/;
const TO_JSON = /\|\s*toJson\s*-?\}\}\s*$/;
const ROLE_PASSWORDS = path('/spec/managed/roles/*/passwordSecret/name');

type Fault = readonly [field: string, message: string];

export const secretsFitStore: Rule = {
  id: 'secrets-fit-store',
  title:
    'Every entry that an ExternalSecret asks for has a name that its store can have, and the Secret is made, kept and of the type that its reader needs.',
  why: 'External Secrets reports an error at every refresh for a name that the store cannot have; a Secret that is only merged is never created, of two ExternalSecrets that write one Secret each undoes the other, and with deletionPolicy Delete a missing entry deletes the Secret that pods use.',
  fix: 'Take the reference from secretStore() of lib/security/secret-store.ts and the Secret from DeliveredSecret of lib/security/delivered-secret.ts.',
  *check(target) {
    for (const object of target.all('ExternalSecret.external-secrets.io')) {
      for (const [field, message] of faults(object, target)) yield { object, field: `/spec${field}`, message };
    }
    yield* mistyped(target);
    yield* notJson(target);
  },
};

function* faults({ spec, metadata }: Manifest, target: TargetIndex): Iterable<Fault> {
  const { data, target: destination, refreshInterval, secretStoreRef } = record(spec);
  const kinds = Object.keys(record(record(target.find(STORE, '', String(secretStoreRef?.name))?.spec).provider));
  const kind = kinds.find((each) => Object.hasOwn(NAMES, each));
  const entries = new Map<string, string>();
  for (const [i, { secretKey, remoteRef }] of records(data).entries()) {
    const { key, property } = record(remoteRef);
    if (kind !== undefined) {
      const [shape, rule] = NAMES[kind] ?? [/^/, ''];
      if (!shape.test(String(key)))
        yield [`/data/${i}/remoteRef/key`, `is "${key}", which the store (${kind}) cannot have: it takes ${rule}`];
      if (kind === 'kubernetes' && property === undefined)
        yield [`/data/${i}/remoteRef/property`, 'is missing: the value would be every key of the Secret, as JSON'];
    }
    const entry = `${key} ${property ?? ''}`;
    const other = entries.get(entry);
    if (other !== undefined)
      yield [
        `/data/${i}/remoteRef`,
        `asks for "${property ?? key}", which key "${other}" is taken from already: two keys would have one value`,
      ];
    entries.set(entry, String(secretKey));
  }
  const { creationPolicy, deletionPolicy, template, name = metadata.name } = record(destination);
  const version = record(template).engineVersion;
  if (version !== undefined && version !== 'v2')
    yield ['/target/template/engineVersion', `is "${version}", but the operator has "v2" alone`];
  if (creationPolicy === 'Merge' || creationPolicy === 'None') {
    const made = target.all('ExternalSecret.external-secrets.io').some((other) => {
      const { name: its = other.metadata.name, creationPolicy: how } = record(record(other.spec).target);
      return other.metadata.namespace === metadata.namespace && its === name && how !== 'Merge' && how !== 'None';
    });
    if (!made) yield ['/target/creationPolicy', `is ${creationPolicy}, but no other ExternalSecret creates Secret "${name}"`];
  }
  const writers = target.all('ExternalSecret.external-secrets.io').filter((other) => {
    const { name: its = other.metadata.name, creationPolicy: how } = record(record(other.spec).target);
    return other.metadata.namespace === metadata.namespace && its === name && how !== 'Merge' && how !== 'None';
  });
  const [writer, second] = writers;
  if (
    second !== undefined &&
    writer !== undefined &&
    metadata.name !== writer.metadata.name &&
    writers.some((other) => other.metadata.name === metadata.name)
  )
    yield ['/target/name', `is "${name}", a Secret that ExternalSecret/${writer.metadata.name} writes already`];
  if (deletionPolicy === 'Delete')
    yield ['/target/deletionPolicy', 'is Delete: an entry that is missing for a moment takes the Secret away'];
  if (/^0[smh]?$/.test(String(refreshInterval)))
    yield ['/refreshInterval', `is ${refreshInterval}: the Secret would never be read again, and a changed value never arrive`];
}

/** Kong's controller pastes a value into a JSON patch as it stands. */
function* notJson(target: TargetIndex) {
  for (const { field, namespace, name, key } of secretReads(target)) {
    const object = target.secrets.get(`${namespace}/${name}`)?.by;
    if (!CONFIG_PATCH.test(field) || object?.kind !== 'ExternalSecret' || key === undefined) continue;
    const written = record(record(record(object.spec?.target).template).data)[key];
    if (written !== undefined && TO_JSON.test(String(written))) continue;
    const message = `is ${written === undefined ? 'missing, and the value stands as it is' : `"${written}"`}: Kong reads it as JSON, so it ends with toJson`;
    yield { object, field: `/spec/target/template/data/${key}`, message };
  }
}

/** Kubelet and CloudNativePG look at the type of what they are given. */
function* mistyped(target: TargetIndex) {
  const wanted = new Map<Manifest, string>();
  const note = (namespace: string, name: string, type: string): void => {
    const by = target.secrets.get(`${namespace}/${name}`)?.by;
    if (by?.kind === 'ExternalSecret') wanted.set(by, type);
  };
  for (const { field, namespace, name } of secretReads(target)) {
    if (PULL_SECRETS.test(field)) note(namespace, name, 'kubernetes.io/dockerconfigjson');
  }
  for (const object of target.all('Cluster.postgresql.cnpg.io')) {
    for (const { value } of follow(object, ROLE_PASSWORDS))
      note(object.metadata.namespace ?? '', String(value), 'kubernetes.io/basic-auth');
  }
  for (const [object, type] of wanted) {
    const written = object.spec?.target?.template?.type ?? 'Opaque';
    if (written !== type)
      yield {
        object,
        field: '/spec/target/template/type',
        message: `is "${written}", but the reader of the Secret takes type ${type} alone`,
      };
  }
}
