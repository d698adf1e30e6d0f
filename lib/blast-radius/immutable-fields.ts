import { isDeepStrictEqual } from 'node:util';

import { groupOf, type Manifest } from '../kubernetes/manifest';

/** One value that cannot become the other while the object lives. */
export interface FieldChange {
  /** JSON pointer to the field. */
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;

  /** What comes of trying. */
  readonly why: string;
}

/** A field, the value that stands for none, and what to say about a change. */
interface Immutable {
  readonly field: string;
  readonly initially?: (object: Manifest) => unknown;
  readonly why?: string;

  /** Whether a change is none, or one that is possible. */
  readonly allows?: (from: unknown, to: unknown) => boolean;
}

const REFUSED = 'the API server refuses that of a living object, and the sync fails';
const SHRINKS = 'no volume shrinks: the API server refuses it, and the sync fails';

const fixed = (...fields: readonly string[]): Immutable[] => fields.map((field) => ({ field }));
const fixedOr = (field: string, value: unknown): Immutable => ({ field, initially: () => value });
const grows = (field: string): Immutable => ({ field, why: SHRINKS, allows: (from, to) => bytes(from) <= bytes(to) });

/** Kinds with their API group, as their validation in Kubernetes 1.27 to 1.36 and in their controllers has it. */
const FIELDS: Readonly<Record<string, readonly Immutable[]>> = {
  'StatefulSet.apps': [
    ...fixed('/spec/serviceName', '/spec/selector', '/spec/volumeClaimTemplates'),
    fixedOr('/spec/podManagementPolicy', 'OrderedReady'),
  ],
  'Deployment.apps': fixed('/spec/selector'),
  'DaemonSet.apps': fixed('/spec/selector'),
  'Job.batch': [...fixed('/spec/selector', '/spec/template', '/spec/podFailurePolicy'), fixedOr('/spec/completionMode', 'NonIndexed')],
  'PersistentVolumeClaim.': [
    ...fixed(
      '/spec/accessModes',
      '/spec/storageClassName',
      '/spec/selector',
      '/spec/volumeName',
      '/spec/dataSource',
      '/spec/dataSourceRef',
    ),
    fixedOr('/spec/volumeMode', 'Filesystem'),
    grows('/spec/resources/requests/storage'),
  ],
  // With an address or without one; which address it is, the cluster decides.
  'Service.': [{ field: '/spec/clusterIP', allows: (from, to) => (from === 'None') === (to === 'None') }],
  'StorageClass.storage.k8s.io': [
    ...fixed('/provisioner', '/parameters'),
    fixedOr('/reclaimPolicy', 'Delete'),
    fixedOr('/volumeBindingMode', 'Immediate'),
  ],
  'Cluster.postgresql.cnpg.io': [
    { field: '/spec/storage/storageClass', why: 'CloudNativePG moves no volume to another class: only new instances get it' },
    { field: '/spec/walStorage/storageClass', why: 'CloudNativePG moves no volume to another class: only new instances get it' },
    grows('/spec/storage/size'),
    { field: '/spec/walStorage/size', why: SHRINKS, allows: (from, to) => from === undefined || bytes(from) <= bytes(to) },
  ],
  'Database.postgresql.cnpg.io': fixed('/spec/name', '/spec/cluster/name'),
  'ExternalSecret.external-secrets.io': [
    {
      field: '/spec/target/name',
      initially: ({ metadata }) => metadata.name,
      why: 'another Secret appears, and the one that pods read now is deleted',
    },
  ],
  'RoleBinding.rbac.authorization.k8s.io': fixed('/roleRef'),
  'ClusterRoleBinding.rbac.authorization.k8s.io': fixed('/roleRef'),
  'PriorityClass.scheduling.k8s.io': [fixedOr('/value', 0), fixedOr('/preemptionPolicy', 'PreemptLowerPriority')],
  'GatewayClass.gateway.networking.k8s.io': fixed('/spec/controllerName'),
};

/** Kinds that have immutable fields, without their groups: what the names of files tell. */
export const KINDS_WITH_IMMUTABLES: ReadonlySet<string> = new Set(Object.keys(FIELDS).map((kind) => kind.slice(0, kind.indexOf('.'))));

/** Every immutable field that differs between two states of one object. */
export function changedImmutables(before: Manifest, after: Manifest): readonly FieldChange[] {
  if (isReplaced(after)) return [];
  const fields = FIELDS[`${after.kind}.${groupOf(after)}`] ?? [];
  return fields.flatMap(({ field, initially, why = REFUSED, allows }) => {
    const [from, to] = [before, after].map((object) => valueAt(object, field) ?? initially?.(object));
    if (isDeepStrictEqual(from, to) || allows?.(from, to)) return [];
    return [{ ...leaf({ field, from, to }), why }];
  });
}

/** Whether Argo CD deletes and makes the object again: each run of a hook, or each change of a Job that asks for it. */
function isReplaced({ kind, metadata }: Manifest): boolean {
  const { annotations = {} } = metadata;
  const options = annotations['argocd.argoproj.io/sync-options'] ?? '';
  const isForced = /\bForce=true\b/.test(options) && /\bReplace=true\b/.test(options);
  return kind === 'Job' && (isForced || (annotations['argocd.argoproj.io/hook-delete-policy'] ?? '').includes('BeforeHookCreation'));
}

/** Goes down to the one value that differs, if it is one. */
function leaf(change: Omit<FieldChange, 'why'>): Omit<FieldChange, 'why'> {
  const { field, from, to } = change;
  if (!isTree(from) || !isTree(to) || Array.isArray(from) !== Array.isArray(to)) return change;
  const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])].filter((key) => !isDeepStrictEqual(from[key], to[key]));
  const [key] = keys;
  if (keys.length !== 1 || key === undefined) return change;
  return leaf({ field: `${field}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, from: from[key], to: to[key] });
}

const isTree = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function valueAt(object: Manifest, field: string): unknown {
  return field
    .split('/')
    .slice(1)
    .reduce<unknown>((value, key) => (isTree(value) ? value[key] : undefined), object);
}

const UNITS: Readonly<Record<string, number>> = {
  ...{ '': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15 },
  ...{ Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50 },
};

/** A quantity of storage in bytes; NaN, which no comparison holds for, if it is none. */
function bytes(quantity: unknown): number {
  const { digits, unit = '' } = /^(?<digits>\d+(?:\.\d+)?)(?<unit>[A-Za-z]*)$/.exec(String(quantity))?.groups ?? {};
  return Number(digits) * (UNITS[unit] ?? Number.NaN);
}
