import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { SecretKey } from '../kubernetes/secret-key';
import type { ServiceContainer } from '../workloads/service-container';
import { MONGO_USER } from './mongo-pod';

/** Somebody who may log in. */
export interface MongoUser {
  readonly name: string;

  /** Database that the user belongs to, which is also the one it logs in at. */
  readonly database: string;

  readonly roles: readonly { readonly role: string; readonly db: string }[];
  readonly password: SecretKey;
}

/** Properties for `setUpContainer`. */
export interface MongoSetUpProps {
  readonly image: string;
  readonly replicaSet: string;

  /** Host and port of every member. */
  readonly members: readonly string[];

  readonly memberKey: SecretKey;
  readonly users: readonly MongoUser[];
}

const SCRIPT = 'set-up-mongodb.js';

/**
 * What makes members a replica set and gives users their passwords, at every sync. The members are up by then, though nobody can use them:
 * they say that they are ready, or Argo CD would wait for them and never come to this.
 */
export function setUpContainer({ image, replicaSet, members, memberKey, users }: MongoSetUpProps): ServiceContainer {
  const variable = ({ name }: MongoUser): string => `${name.toUpperCase().replaceAll('-', '_')}_PASSWORD`;
  return {
    image,
    command: ['mongosh', '--nodb', '--norc', '--quiet', `/etc/mongodb/${SCRIPT}`],
    env: {
      HOME: '/tmp',
      REPLICA_SET: replicaSet,
      MEMBERS: members.join(','),
      USERS: JSON.stringify(
        users.map((user) => ({ user: user.name, database: user.database, roles: user.roles, passwordFrom: variable(user) })),
      ),
      MEMBER_KEY: memberKey,
      ...Object.fromEntries(users.map((user) => [variable(user), user.password])),
    },
    configuration: { mountPath: '/etc/mongodb', files: { [SCRIPT]: readFileSync(join(__dirname, SCRIPT), 'utf8') } },
    scratch: { '/tmp': '64Mi' },
    user: MONGO_USER,
    size: 'low',
  };
}
