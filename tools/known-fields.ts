import { k8s } from 'cdk8s-plus-27';

import * as argo from '../imports/argoproj.io';
import * as certManager from '../imports/cert-manager.io';
import * as kong from '../imports/configuration.konghq.com';
import * as externalSecrets from '../imports/external-secrets.io';
import * as flagger from '../imports/flagger.app';
import * as gateway from '../imports/gateway.networking.k8s.io';
import * as metallb from '../imports/metallb.io';
import * as monitoring from '../imports/monitoring.coreos.com';
import * as postgresql from '../imports/postgresql.cnpg.io';
import * as istio from '../imports/security.istio.io';
import * as kserve from '../imports/serving.kserve.io';
import * as velero from '../imports/velero.io';
import type { Manifest } from '../lib/kubernetes/manifest';
import { type Data, escaped, isRecord, path } from '../lib/rules/fields';
import type { Level } from '../lib/rules/kubernetes/fields-are-known';

/** What a generated class can do: write an object of its kind. */
interface Kind {
  readonly GVK: { readonly apiVersion: string; readonly kind: string };
  manifest(props: unknown): unknown;
}

const MODULES = [k8s, argo, certManager, kong, externalSecrets, flagger, gateway, metallb, monitoring, postgresql, istio, kserve, velero];

let kinds: ReadonlyMap<string, Kind> | undefined;

const isKind = (member: unknown): member is Kind => typeof member === 'function' && 'GVK' in member && 'manifest' in member;

function kindOf({ apiVersion, kind }: Manifest): Kind | undefined {
  kinds ??= new Map(
    MODULES.flatMap((module) => Object.values(module as object).filter(isKind)).map((each) => [
      `${each.GVK.apiVersion} ${each.GVK.kind}`,
      each,
    ]),
  );
  return kinds.get(`${apiVersion} ${kind}`);
}

/**
 * Every part of an object whose fields its kind knows, with the fields that it knows. The generated classes tell: they write one field
 * after the other, and whatever they look for they know.
 */
export function levelsOf(object: Manifest): readonly Level[] {
  const levels = new Map<string, { value: Record<string, unknown>; known: Set<string> }>();
  const watched = (value: unknown, way: string): unknown => {
    if (Array.isArray(value)) return value.map((item, i) => watched(item, `${way}/${i}`));
    if (!isRecord(value)) return value;
    return new Proxy(value, {
      get(from: Record<string, unknown>, asked) {
        if (typeof asked !== 'string') return undefined;
        // Classes ask for repoUrl, and write repoURL.
        const name = asked in from ? asked : (Object.keys(from).find((each) => isSame(each, asked)) ?? asked);
        const level = levels.get(way) ?? { value: from, known: new Set() };
        levels.set(way, level);
        level.known.add(name);
        return watched(from[name], `${way}/${escaped(name)}`);
      },
    });
  };
  let written: unknown;
  try {
    written = kindOf(object)?.manifest(watched(object, ''));
  } catch {
    return []; // A value of another kind than the class expects, which rules about values tell.
  }
  for (const [way, { value, known }] of levels) {
    const result = path(way).reduce<Data>((from, step) => from?.[step], written);
    if (!isRecord(result)) continue;
    for (const name of Object.keys(value)) {
      const right = name in result ? undefined : Object.keys(result).find((each) => isSame(each, name));
      if (right === undefined) continue;
      known.delete(name);
      known.add(right);
    }
  }
  return [...levels].map(([field, level]) => ({ field, ...level }));
}

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
