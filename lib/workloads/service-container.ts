import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';

import type { SharedClaim } from '../data/shared-volume';
import { envFromSecret, type SecretKey } from '../kubernetes/secret-key';
import { beforeWorkloads } from '../kubernetes/sync-wave';
import { restrictedContainer } from '../security/restricted';
import { resourcesOf, type Size, type SizeName, sizes } from './sizes';

/** What runs in the pods of a service, whether they serve or migrate its data. */
export interface ServiceContainer {
  readonly image: string;

  /**
   * Program instead of the image's own.
   *
   * @default - the image's entry point
   */
  readonly command?: readonly string[];

  /** @default - none */
  readonly args?: readonly string[];

  /** Environment: a value, or where a Secret holds it. */
  readonly env: Readonly<Record<string, string | SecretKey>>;

  /**
   * Configuration files. They are part of what a version is: a change replaces the pods.
   *
   * @default - the service is configured by its environment alone
   */
  readonly configuration?: Configuration;

  /**
   * Folders of files that others wrote and that may change while the program runs: path → names of the ConfigMaps that hold them.
   *
   * @default - none
   */
  readonly folders?: Readonly<Record<string, readonly string[]>>;

  /** Folders that the program writes to, and how much it may write there; the rest of the file system is read-only. */
  readonly scratch: Readonly<Record<string, string>>;

  /**
   * Folders that outlive pods and that all of them share, and the claims that hold them.
   *
   * @default - what the program keeps is in databases
   */
  readonly shared?: Readonly<Record<string, SharedClaim>>;

  /** Numeric user that the program runs as. */
  readonly user: number;

  /** A size class, or figures of the service's own. */
  readonly size: SizeName | Size;
}

/** Files in a ConfigMap. */
export interface Configuration {
  /** Folder that holds the files. */
  readonly mountPath: string;

  /** File name → content. */
  readonly files: Readonly<Record<string, string>>;
}

/** Name of the ConfigMap that holds a service's files. */
const configMapName = (service: string): string => `${service}-config`;

/** Defines the ConfigMap that a container's files are mounted from, if it has any. */
export function defineConfiguration(scope: Construct, service: string, { configuration }: ServiceContainer): void {
  if (configuration === undefined) return;
  new k8s.KubeConfigMap(scope, 'config', {
    metadata: { name: configMapName(service), annotations: beforeWorkloads },
    data: { ...configuration.files },
  });
}

/** The part of a container that serving and migrating share. */
export function containerOf(name: string, container: ServiceContainer): k8s.Container {
  const { image, command, args, env, configuration, folders = {}, scratch, shared = {}, size } = container;
  return {
    name,
    image,
    // Pinned, it is the same wherever it is; a start must not depend on the registry.
    imagePullPolicy: 'IfNotPresent',
    ...(command === undefined ? {} : { command: [...command] }),
    ...(args === undefined ? {} : { args: [...args] }),
    env: Object.entries(env).map(([variable, value]) =>
      typeof value === 'string' ? { name: variable, value } : envFromSecret(variable, value),
    ),
    resources: resourcesOf(typeof size === 'string' ? sizes[size] : size),
    securityContext: restrictedContainer,
    volumeMounts: [
      ...(configuration === undefined ? [] : [{ name: 'config', mountPath: configuration.mountPath, readOnly: true }]),
      ...Object.keys(folders).map((mountPath) => ({ name: volumeName(mountPath), mountPath, readOnly: true })),
      ...Object.keys({ ...scratch, ...shared }).map((mountPath) => ({ name: volumeName(mountPath), mountPath })),
    ],
  };
}

/** The volumes that a container mounts. */
export function volumesOf(service: string, { configuration, folders = {}, scratch, shared = {} }: ServiceContainer): k8s.Volume[] {
  return [
    ...(configuration === undefined ? [] : [{ name: 'config', configMap: { name: configMapName(service) } }]),
    ...Object.entries(folders).map(([path, names]) => ({
      name: volumeName(path),
      projected: { sources: names.map((name) => ({ configMap: { name } })) },
    })),
    ...Object.entries(scratch).map(([path, size]) => ({
      name: volumeName(path),
      emptyDir: { sizeLimit: k8s.Quantity.fromString(size) },
    })),
    ...Object.entries(shared).map(([path, claim]) => ({ name: volumeName(path), persistentVolumeClaim: { claimName: claim.name } })),
  ];
}

/** `/var/cache` → `var-cache`. */
const volumeName = (path: string): string => path.replace(/^\//, '').replaceAll(/[^a-z0-9]+/g, '-');
