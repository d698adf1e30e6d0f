import { Construct } from 'constructs';

import {
  Cluster,
  type ClusterSpec,
  ClusterSpecManagedRolesEnsure,
  type ClusterSpecManagedServicesAdditional,
  ClusterSpecManagedServicesAdditionalSelectorType,
  ClusterSpecManagedServicesAdditionalUpdateStrategy,
  ClusterSpecPostgresqlSynchronousDataDurability,
  ClusterSpecPostgresqlSynchronousMethod,
  type ClusterSpecResources,
  ClusterSpecResourcesLimits,
  ClusterSpecResourcesRequests,
  Database,
  DatabaseSpecExtensionsEnsure,
} from '../../imports/postgresql.cnpg.io';
import { type Endpoint, serviceHost } from '../kubernetes/endpoint';
import { PLATFORM } from '../kubernetes/priority';
import { DATA_BLOCK } from '../kubernetes/storage-classes';
import { keepFromAddon } from '../kubernetes/sync-options';
import { data } from '../kubernetes/sync-wave';
import { allowInternet } from '../security/connect';
import { DeliveredSecret } from '../security/delivered-secret';
import type { SecretStore } from '../security/secret-store';
import { type Placement, tolerations } from '../workloads/placement';
import type { SizeName } from '../workloads/sizes';
import { archivedSpec, backUpDaily, type DatabaseArchive } from './postgres-archive';
import { type ConnectionDemand, type PostgresBudget, postgresBudget } from './postgres-budget';
import { databaseUrl, type PostgresDatabase } from './postgres-database';
import { connectPostgres } from './postgres-network';
import type { PostgresSettings } from './postgres-settings';

/** Properties for `PostgresCluster`. */
export interface PostgresClusterProps {
  readonly namespace: string;
  readonly settings: PostgresSettings;
  readonly size: SizeName;
  readonly image: string;
  readonly store: SecretStore;
  readonly placement: Placement;

  /** @default - nothing is archived, and what is lost is lost */
  readonly archive?: DatabaseArchive | undefined;

  /**
   * Name of a headless Service that leads to the primary too: the one that people and tools have known it by.
   *
   * @default - none: clients ask `<cluster>-rw`, whose address outlives a failover
   */
  readonly alias?: string;

  /** Who uses it, and how many connections all pods of each open at most. Each has a role and a database of its own. */
  readonly consumers: readonly PostgresConsumer[];
}

/** Who uses a cluster. */
export interface PostgresConsumer extends ConnectionDemand {
  /**
   * Extensions of its database, which only a superuser may create.
   *
   * @default - none
   */
  readonly extensions?: readonly 'vector'[];

  /**
   * Secret of its credentials, and the key under which this also holds the URL of the database.
   *
   * @default - `<cluster>-<consumer>`, without a URL
   */
  readonly credentials?: { readonly secret: string; readonly urlKey: string };
}

const PORT = 5432;

/**
 * PostgreSQL run by CloudNativePG: one primary, followers that take over, roles and databases of its consumers.
 * The operator makes the Services, the certificates and the budget for disruptions; clients connect by TLS.
 */
export class PostgresCluster extends Construct {
  private readonly databases: ReadonlyMap<string, PostgresDatabase>;

  constructor(scope: Construct, name: string, props: PostgresClusterProps) {
    super(scope, name);

    const { namespace, consumers, size } = props;
    // The label that the operator gives to instances, and to the pods that initialize them.
    const endpoint: Endpoint & { scope: Construct } = {
      ...{ name, namespace, pods: { 'cnpg.io/cluster': name }, scope: this },
      ...{ host: serviceHost(`${name}-rw`, namespace), port: PORT, podPort: PORT },
    };
    const spec = clusterSpec(name, props, postgresBudget(size, consumers));

    new Cluster(this, 'cluster', { metadata: { name, annotations: { ...data, ...keepFromAddon } }, spec });
    connectPostgres(endpoint);
    if (props.archive !== undefined) {
      allowInternet(endpoint); // the archive
      backUpDaily(this, name, props.archive);
    }
    this.databases = new Map(consumers.map((consumer) => [consumer.name, this.database(name, consumer, props.store, endpoint)]));
  }

  /**
   * The database of a consumer.
   *
   * @throws RangeError if the cluster was not told of that consumer
   */
  public databaseOf(consumer: string): PostgresDatabase {
    const database = this.databases.get(consumer);
    if (database === undefined) {
      throw new RangeError(
        `Cannot connect "${consumer}" to "${this.node.id}" as it serves only ${[...this.databases.keys()].join(', ')}: add it to the consumers`,
      );
    }
    return database;
  }

  private database(
    cluster: string,
    { name: consumer, extensions = [], credentials: named }: PostgresConsumer,
    store: SecretStore,
    endpoint: Endpoint,
  ): PostgresDatabase {
    const storedPassword = `${consumer}-database-password`;
    const database = { name: consumer, endpoint, storedPassword };
    const credentials = new DeliveredSecret(this, named?.secret ?? credentialsOf(cluster, consumer), {
      store,
      type: 'kubernetes.io/basic-auth',
      labels: { 'cnpg.io/reload': 'true' }, // the operator then notices a rotated password
      values: { password: storedPassword },
      compose: {
        ...{ username: consumer, password: '{{ .password }}' },
        ...(named === undefined ? {} : { [named.urlKey]: databaseUrl(database, 'password') }),
      },
    });
    new Database(this, `database-${consumer}`, {
      metadata: { name: consumer, annotations: { ...data, ...keepFromAddon } },
      spec: {
        cluster: { name: cluster },
        name: consumer,
        owner: consumer,
        ...(extensions.length === 0
          ? {}
          : { extensions: extensions.map((name) => ({ name, ensure: DatabaseSpecExtensionsEnsure.PRESENT })) }),
      },
    });
    return { ...database, password: credentials.key('password') };
  }
}

const credentialsOf = (cluster: string, consumer: string): string => `${cluster}-${consumer}`;

function clusterSpec(cluster: string, props: PostgresClusterProps, budget: PostgresBudget): ClusterSpec {
  const { image, consumers } = props;
  const { pool, imagePullSecrets } = props.placement;
  const { instances, sizeGiB } = props.settings;
  return {
    ...archived(cluster, props),
    instances,
    imageName: image,
    ...(imagePullSecrets.length === 0 ? {} : { imagePullSecrets: imagePullSecrets.map((secret) => ({ name: secret })) }),
    priorityClassName: PLATFORM,
    enableSuperuserAccess: false,
    // A budget for a single instance would keep its node from ever being drained.
    enablePdb: instances > 1,
    storage: { size: `${sizeGiB}Gi`, storageClass: DATA_BLOCK, resizeInUseVolumes: true },
    resources: resources(budget),
    affinity: {
      enablePodAntiAffinity: true,
      podAntiAffinityType: 'preferred',
      topologyKey: 'topology.kubernetes.io/zone',
      nodeSelector: { ...pool.labels },
      ...(pool.taints.length === 0 ? {} : { tolerations: tolerations(pool) }),
    },
    postgresql: {
      parameters: { max_connections: `${budget.maxConnections}`, shared_buffers: `${budget.sharedBuffersMiB}MB` },
      ...(instances > 1 ? { synchronous } : {}),
    },
    managed: {
      roles: consumers.map(({ name, connections, credentials }) => ({
        name,
        login: true,
        // Defaults, written: Argo CD would take what the API server adds within a list for a difference.
        ensure: ClusterSpecManagedRolesEnsure.PRESENT,
        inherit: true,
        connectionLimit: connections,
        passwordSecret: { name: credentials?.secret ?? credentialsOf(cluster, name) },
      })),
      ...(props.alias === undefined ? {} : { services: { additional: [toPrimary(props.alias)] } }),
    },
  };
}

function toPrimary(service: string): ClusterSpecManagedServicesAdditional {
  return {
    selectorType: ClusterSpecManagedServicesAdditionalSelectorType.RW,
    updateStrategy: ClusterSpecManagedServicesAdditionalUpdateStrategy.PATCH,
    serviceTemplate: { metadata: { name: service }, spec: { clusterIp: 'None' } },
  };
}

function archived(cluster: string, { namespace, archive, settings: { recovery } }: PostgresClusterProps): Partial<ClusterSpec> {
  if (archive !== undefined) return archivedSpec({ cluster, namespace, archive, recovery });
  if (recovery === undefined) return {};
  throw new RangeError(
    `Cannot recover "${cluster}" of ${namespace} as the target keeps no archive: leave out recovery, or give it a backup`,
  );
}

/** What a client was told is written outlives the primary; while no follower is there, writing goes on without one. */
const synchronous = {
  method: ClusterSpecPostgresqlSynchronousMethod.ANY,
  number: 1,
  dataDurability: ClusterSpecPostgresqlSynchronousDataDurability.PREFERRED,
};

function resources({ cpu, memoryMiB }: PostgresBudget): ClusterSpecResources {
  return {
    requests: {
      cpu: ClusterSpecResourcesRequests.fromString(cpu.request),
      memory: ClusterSpecResourcesRequests.fromString(`${memoryMiB.request}Mi`),
    },
    limits: {
      cpu: ClusterSpecResourcesLimits.fromString(cpu.limit),
      memory: ClusterSpecResourcesLimits.fromString(`${memoryMiB.limit}Mi`),
    },
  };
}
