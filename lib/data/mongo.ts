import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

import { type Endpoint, serviceHost } from '../kubernetes/endpoint';
import { stablePods } from '../kubernetes/labels';
import { beforeWorkloads } from '../kubernetes/sync-wave';
import { AlertRules } from '../observability/alert-rules';
import { scrapePods } from '../observability/scrape';
import { connect } from '../security/connect';
import { DeliveredSecret } from '../security/delivered-secret';
import type { SecretStore } from '../security/secret-store';
import { MigrationJob } from '../workloads/migration-job';
import type { Placement } from '../workloads/placement';
import type { SizeName } from '../workloads/sizes';
import { mongoAlerts } from './mongo-alerts';
import { mongoBudget } from './mongo-budget';
import { MONGO_METRICS_PORT, MONGO_PORT, type MongoImages, mongoPod } from './mongo-pod';
import { type MongoUser, setUpContainer } from './mongo-set-up';
import type { MongoSettings } from './mongo-settings';
import { PersistentPods } from './persistent-pods';

/** Properties for `MongoDatabase`. */
export interface MongoDatabaseProps {
  readonly namespace: string;
  readonly settings: MongoSettings;
  readonly size: SizeName;
  readonly images: MongoImages;
  readonly store: SecretStore;

  /** How the names of its secrets in the store begin: `<stored>-key`, `<stored>-root-password`, `<stored>-<consumer>-password`. */
  readonly stored: string;

  readonly placement: Placement;

  /** Who uses it. Each is a user with a database of the same name, and reads no other. */
  readonly consumers: readonly string[];
}

/** A consumer's database. */
export interface MongoConsumer {
  readonly endpoint: Endpoint;

  /** Name of the password in the target's store. */
  readonly storedPassword: string;

  /**
   * The database's URL as an External Secrets template. It names every member: whichever leads takes the writes, and a write counts once a
   * majority has it.
   *
   * @param password name of the template's variable that holds the password
   */
  url(password: string): string;
}

/** What `mongod.yaml` calls the replica set. */
const REPLICA_SET = 'mongodb';

const FILES = ['mongod.yaml', 'ready-mongodb.sh', 'start-mongod.sh'] as const;

/** The set-up waits two minutes for a primary, and for as long until new members are accepted. */
const SET_UP_SECONDS = 900;

/**
 * MongoDB: a replica set, also of a single member, so that clients and backups find the same everywhere. Members know each other by a key,
 * everybody else has a password. A Job begins the replica set and makes the users.
 */
export class MongoDatabase extends Construct {
  /** The members. */
  public readonly endpoint: Endpoint & { readonly scope: Construct };

  private readonly consumers: ReadonlyMap<string, MongoConsumer>;

  constructor(scope: Construct, name: string, props: MongoDatabaseProps) {
    super(scope, name);

    const { namespace, settings, images, placement } = props;
    const host = serviceHost(name, namespace);
    this.endpoint = { name, namespace, pods: stablePods(name), scope: this, host, port: MONGO_PORT, podPort: MONGO_PORT };
    const members = Array.from({ length: settings.members }, (_, i) => `${name}-${i}.${host}:${MONGO_PORT}`);
    if (settings.members > 1) connect(this.endpoint, this.endpoint);

    const files = Object.fromEntries(FILES.map((file) => [file, readFileSync(join(__dirname, file), 'utf8')]));
    new k8s.KubeConfigMap(this, 'config', { metadata: { name: `${name}-config`, annotations: beforeWorkloads }, data: files });

    const secret = this.credentials(name, props);
    const memberKey = secret.key('member-key');
    new PersistentPods(this, name, {
      replicas: settings.members,
      template: mongoPod(name, {
        images,
        budget: mongoBudget(props.size),
        placement,
        files,
        memberKey,
        exporterUrl: secret.key('exporter-url'),
      }),
      port: { name: 'mongodb', number: MONGO_PORT },
      sizeGiB: settings.sizeGiB,
      imagePullSecrets: placement.imagePullSecrets,
      peers: true,
    });

    const setUp = new MigrationJob(this, `${name}-set-up`, {
      namespace,
      container: setUpContainer({
        image: images.mongodb,
        replicaSet: REPLICA_SET,
        members,
        memberKey,
        users: usersOf(props.consumers, secret),
      }),
      waitFor: [],
      deadlineSeconds: SET_UP_SECONDS,
      placement,
    });
    connect(setUp.peer, this.endpoint);

    scrapePods({ ...this.endpoint, name: `${name}-metrics`, podPort: MONGO_METRICS_PORT }, { port: 'metrics' });
    new AlertRules(this, `${name}-alerts`, { group: name, alerts: mongoAlerts({ name, namespace, members: settings.members }) });

    this.consumers = new Map(
      props.consumers.map((consumer) => [
        consumer,
        {
          endpoint: this.endpoint,
          storedPassword: `${props.stored}-${consumer}-password`,
          url: (password) =>
            `mongodb://${consumer}:{{ .${password} | urlquery }}@${members.join(',')}/${consumer}?replicaSet=${REPLICA_SET}&authSource=${consumer}&w=majority`,
        },
      ]),
    );
  }

  /**
   * The database of a consumer.
   *
   * @throws RangeError if the replica set was not told of that consumer
   */
  public databaseOf(consumer: string): MongoConsumer {
    const found = this.consumers.get(consumer);
    if (found === undefined) {
      throw new RangeError(
        `Cannot connect "${consumer}" to "${this.node.id}" as it serves only ${[...this.consumers.keys()].join(', ')}: add it to the consumers`,
      );
    }
    return found;
  }

  private credentials(name: string, { store, stored, consumers }: MongoDatabaseProps): DeliveredSecret {
    const passwords = [...OPERATORS, ...consumers];
    return new DeliveredSecret(this, `${name}-credentials`, {
      store,
      values: { key: `${stored}-key`, ...Object.fromEntries(passwords.map((user) => [user, `${stored}-${user}-password`])) },
      compose: {
        'member-key': '{{ .key }}',
        'exporter-url': `mongodb://${EXPORTER}:{{ .${EXPORTER} | urlquery }}@localhost:${MONGO_PORT}/admin`,
        ...Object.fromEntries(passwords.map((user) => [passwordKey(user), `{{ .${user} }}`])),
      },
    });
  }
}

/** Whoever looks after it, and what reads its figures. */
const ROOT = 'root';
const EXPORTER = 'exporter';
const OPERATORS = [ROOT, EXPORTER] as const;

const passwordKey = (user: string): string => `${user}-password`;

function usersOf(consumers: readonly string[], secret: DeliveredSecret): readonly MongoUser[] {
  const user = (name: string, database: string, roles: MongoUser['roles']): MongoUser => ({
    ...{ name, database, roles },
    password: secret.key(passwordKey(name)),
  });
  return [
    user(ROOT, 'admin', [{ role: 'root', db: 'admin' }]),
    user(EXPORTER, 'admin', [
      { role: 'clusterMonitor', db: 'admin' },
      { role: 'read', db: 'local' },
    ]),
    ...consumers.map((consumer) => user(consumer, consumer, [{ role: 'readWrite', db: consumer }])),
  ];
}
