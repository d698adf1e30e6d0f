// Begins the replica set, adds the members and users that it lacks, and gives each user its current password.
// It runs at every sync, so it asks what is there before each step. What lets it in is the key of the members: no user exists at first.
const { MEMBERS, REPLICA_SET, USERS, MEMBER_KEY } = process.env;
const hosts = MEMBERS.split(',');
const key = encodeURIComponent(MEMBER_KEY.replace(/\s/g, ''));

function open(members, options) {
  return new Mongo(`mongodb://__system:${key}@${members}/admin?authSource=local&${options}`).getDB('admin');
}

// A member that lost its volume must not begin a second replica set: it is begun only if all say that there is none.
const silent = [];
let begun = false;
for (const host of hosts) {
  try {
    if (open(host, 'directConnection=true').runCommand({ hello: 1 }).setName !== undefined) begun = true;
  } catch (error) {
    silent.push(`${host}: ${error.message}`);
  }
}
if (!begun) {
  if (silent.length > 0) {
    throw new Error(`Cannot begin replica set "${REPLICA_SET}" as not every member answers: ${silent.join('; ')}`);
  }
  print(`begins ${REPLICA_SET} with ${hosts[0]}`);
  open(hosts[0], 'directConnection=true').runCommand({ replSetInitiate: { _id: REPLICA_SET, members: [{ _id: 0, host: hosts[0] }] } });
}

const admin = open(MEMBERS, `replicaSet=${REPLICA_SET}&serverSelectionTimeoutMS=120000`);

// One at a time: a majority must have accepted the one before.
let attempts = 60;
for (const host of hosts) {
  let added = false;
  while (!added) {
    const { config } = admin.runCommand({ replSetGetConfig: 1 });
    if (config.members.some((member) => member.host === host)) break;
    try {
      config.version += 1;
      config.members.push({ _id: Math.max(...config.members.map((member) => member._id)) + 1, host });
      admin.runCommand({ replSetReconfig: config });
      print(`added ${host}`);
      added = true;
    } catch (error) {
      attempts -= 1;
      if (attempts === 0) throw error;
      sleep(2000);
    }
  }
}

for (const { user, database, roles, passwordFrom } of JSON.parse(USERS)) {
  const db = admin.getSiblingDB(database);
  const known = db.runCommand({ usersInfo: user }).users.length > 0;
  db.runCommand({ [known ? 'updateUser' : 'createUser']: user, pwd: process.env[passwordFrom], roles });
  print(`${known ? 'updated' : 'created'} ${user} of ${database}`);
}
