import { exceptionsIn } from '../kubernetes/exception';
import type { Manifest } from '../kubernetes/manifest';
import { staysInside } from '../kubernetes/reached-by';
import type { Cloud, Taint } from '../regions/region';
import { record } from './fields';
import { bodiesThrough } from './largest-bodies';
import { perObject } from './per-object';
import type { RuledTarget } from './target-index';

/** What rules about the fleet know of a target: enough to tell who delivers what, small enough to be kept for each of a thousand. */
export interface FleetTarget {
  readonly environment: string;
  readonly region: string;

  /** @default - the target is not configured, and nobody knows */
  readonly platform?: string;

  /** @default - it has no accelerators, or nobody knows */
  readonly gpuTaints?: readonly Taint[];

  /** Labels of nodes with accelerators. @default - as with their taints */
  readonly gpuLabels?: Readonly<Record<string, string>>;

  /** @default - the target is not configured, and nobody knows */
  readonly cloud?: Cloud;

  /** Hosts of routes that are published in DNS. @default - none */
  readonly published?: readonly string[];

  /** The largest bodies that routes let pass, megabytes, by `namespace/name` of their Gateway. @default - no route says so */
  readonly bodies?: Readonly<Record<string, number>>;

  /** Whether Velero reads files of volumes there, beside or instead of snapshots. @default - it does not */
  readonly copiesFiles?: true;

  readonly apps: readonly FleetApp[];
}

/** What rules about the fleet know of an app: one folder of `dist/`. */
export interface FleetApp {
  readonly environment: string;
  readonly region: string;
  readonly name: string;

  /** Its objects, of which nothing is left but what tells them apart, exceptions, and the few fields that rules about fleets read. */
  readonly objects: readonly Manifest[];
}

/** Where an app's folder lies. */
export const folderOf = ({ environment, region, name }: Pick<FleetApp, 'environment' | 'region' | 'name'>): string =>
  `dist/${environment}/${region}/${name}`;

/**
 * Makes summaries. Regions hold mostly the same objects under the same names, and each list of them is kept once: what a
 * fleet's summaries weigh hardly grows with the number of its regions.
 */
export class Summaries {
  readonly #lists = new Map<string, readonly Manifest[]>();

  public of({ environment, region, apps, facts }: RuledTarget): FleetTarget {
    const summaries = apps.map(({ name, manifests }) => ({ environment, region, name, objects: this.#shared(manifests) }));
    const published = apps.flatMap(({ manifests }) => manifests.flatMap(publishedBy));
    const bodies = bodiesThrough(apps);
    const { platform, gpuPool, cloud } = facts?.region ?? {};
    return {
      environment,
      region,
      apps: summaries,
      ...(platform && { platform: platform.name }),
      ...(gpuPool && { gpuTaints: gpuPool.taints, gpuLabels: gpuPool.labels }),
      ...(cloud && { cloud }),
      ...(published.length > 0 && { published }),
      ...(Object.keys(bodies).length > 0 && { bodies }),
      ...(apps.some(({ manifests }) => manifests.some(copiesFiles)) && { copiesFiles: true }),
    };
  }

  #shared(manifests: readonly Manifest[]): readonly Manifest[] {
    const outlines = manifests.map(outlineOf);
    const text = outlines.map((each) => each.text).join('\n');
    const known = this.#lists.get(text) ?? outlines.map(({ outline }) => outline);
    this.#lists.set(text, known);
    return known;
  }
}

/** Hosts of a route that external-dns is to read. */
const publishedBy = ({ kind, metadata, spec }: Manifest): readonly string[] =>
  kind === 'HTTPRoute' && record(metadata.labels)['slipway.dev/dns'] === 'published' && Array.isArray(spec?.hostnames)
    ? spec.hostnames.map(String)
    : [];

/** Whether an object has Velero read files of volumes: a schedule, or a policy that it follows. */
function copiesFiles({ kind, metadata, spec, data }: Manifest): boolean {
  if (kind === 'Schedule') return spec?.template?.defaultVolumesToFsBackup === true || spec?.template?.snapshotMoveData === true;
  return (
    kind === 'ConfigMap' &&
    metadata.namespace === 'velero' &&
    Object.values(record(data)).some((text) => String(text).includes('fs-backup'))
  );
}

/** What is left of a specification: what is scaled and by what, how long requests and Jobs last, which class and which controller serve, what fits. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  ClusterIssuer: ['acme'],
  Job: ['activeDeadlineSeconds'],
  HorizontalPodAutoscaler: ['scaleTargetRef', 'metrics'],
  ResourceQuota: ['hard'],
  ScaledObject: ['scaleTargetRef'],
  Canary: ['targetRef', 'service'],
  Gateway: ['gatewayClassName'],
  GatewayClass: ['controllerName'],
  PeerAuthentication: ['mtls'],
  VerticalPodAutoscaler: ['updatePolicy'],
};

const outlineOf = perObject((object) => {
  const small = outline(object);
  return { outline: small, text: textOf(small) };
});

function outline({ apiVersion, kind, metadata, spec }: Manifest): Manifest {
  const { name, namespace } = metadata;
  const exceptions = metadata.annotations === undefined ? [] : exceptionsIn(metadata.annotations);
  const noted = exceptions.length > 0 || staysInside(metadata.annotations);
  const kept = KEPT[kind];
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(noted ? { annotations: metadata.annotations ?? {} } : {}),
      // What a namespace admits.
      ...(kind === 'Namespace' && metadata.labels ? { labels: metadata.labels } : {}),
    },
    ...(kept === undefined ? {} : { spec: Object.fromEntries(kept.map((field) => [field, record(spec)[field]])) }),
  };
}

const textOf = ({ apiVersion, kind, metadata, spec }: Manifest): string => {
  const { annotations, labels } = metadata;
  const rest = [spec, annotations, labels].every((each) => each === undefined) ? '' : JSON.stringify([spec, annotations, labels]);
  return `${apiVersion} ${kind} ${metadata.namespace ?? ''} ${metadata.name} ${rest}`;
};
