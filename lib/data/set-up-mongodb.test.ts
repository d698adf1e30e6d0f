import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';

const script = readFileSync(join(__dirname, 'set-up-mongodb.js'), 'utf8');

const MEMBERS = ['mongodb-0', 'mongodb-1', 'mongodb-2'].map((name) => `${name}.mongodb.test.svc:27017`);

interface Command {
  readonly [name: string]: unknown;
}

/** What the members know before the set-up runs. */
interface Before {
  /** Members that do not answer. */
  readonly silent?: readonly string[];

  /** Members of the replica set, if there is one. */
  readonly inSet?: readonly string[];

  readonly users?: readonly string[];

  /** How often a majority has not accepted the configuration before. */
  readonly refusals?: number;
}

/** Runs the set-up against members that answer as MongoDB does; what was asked of them, but for questions. */
function setUp({ silent = [], inSet = [], users = [], refusals = 0 }: Before = {}): { readonly asked: Command[]; readonly urls: string[] } {
  const asked: Command[] = [];
  const urls: string[] = [];
  let members = inSet.map((host, _id) => ({ _id, host }));
  let left = refusals;

  const answer = (command: Command, database: string, host: string): unknown => {
    if ('hello' in command) {
      if (silent.includes(host)) throw new Error('connection refused');
      return members.some((member) => member.host === host) ? { setName: 'mongodb' } : { isreplicaset: true };
    }
    if ('replSetGetConfig' in command) return { config: { _id: 'mongodb', version: 1, members: members.map((member) => ({ ...member })) } };
    if ('usersInfo' in command) return { users: users.includes(`${database}.${command['usersInfo']}`) ? [{}] : [] };
    if ('replSetReconfig' in command && left-- > 0) throw new Error('not yet majority committed');
    asked.push(JSON.parse(JSON.stringify({ ...command, $db: database })));
    const { replSetInitiate, replSetReconfig } = command as Record<string, { members: typeof members } | undefined>;
    members = (replSetInitiate ?? replSetReconfig)?.members ?? members;
    return { ok: 1 };
  };
  const databaseOf = (name: string, host: string): object => ({
    runCommand: (command: Command) => answer(command, name, host),
    getSiblingDB: (other: string) => databaseOf(other, host),
  });

  class Mongo {
    constructor(private readonly url: string) {
      urls.push(url);
    }
    public getDB(name: string): object {
      return databaseOf(name, /@([^/]*)\//.exec(this.url)?.[1] ?? '');
    }
  }
  const env = {
    ...{ MEMBERS: MEMBERS.join(','), REPLICA_SET: 'mongodb', MEMBER_KEY: 'a+b/\nc=\n', CHAT_PASSWORD: 'of the chat' },
    USERS: JSON.stringify([{ user: 'chat', database: 'chat', roles: [{ role: 'readWrite', db: 'chat' }], passwordFrom: 'CHAT_PASSWORD' }]),
  };
  runInNewContext(script, { process: { env }, Mongo, print: () => undefined, sleep: () => undefined, encodeURIComponent });
  return { asked, urls };
}

const hostsOf = (command: Command): readonly string[] =>
  (command['replSetReconfig'] as { members: { host: string }[] }).members.map(({ host }) => host);

test('begins with the first member, adds the others one by one, and makes the users', () => {
  const { asked } = setUp();

  expect(asked.map((command) => Object.keys(command)[0])).toEqual(['replSetInitiate', 'replSetReconfig', 'replSetReconfig', 'createUser']);
  expect(asked[0]).toMatchObject({ replSetInitiate: { _id: 'mongodb', members: [{ _id: 0, host: MEMBERS[0] }] } });
  expect(asked.slice(1, 3).map(hostsOf)).toEqual([MEMBERS.slice(0, 2), MEMBERS]);
  expect(asked[3]).toEqual({ createUser: 'chat', pwd: 'of the chat', roles: [{ role: 'readWrite', db: 'chat' }], $db: 'chat' });
});

test('changes nothing at the next sync but passwords', () => {
  expect(setUp({ inSet: MEMBERS, users: ['chat.chat'] }).asked).toEqual([
    { updateUser: 'chat', pwd: 'of the chat', roles: [{ role: 'readWrite', db: 'chat' }], $db: 'chat' },
  ]);
});

test('begins no second replica set when the first member has lost its volume', () => {
  const { asked } = setUp({ inSet: MEMBERS.slice(1), users: ['chat.chat'] });

  expect(asked.map((command) => Object.keys(command)[0])).toEqual(['replSetReconfig', 'updateUser']);
});

test('begins none while a member is silent, which may be the one that knows of it', () => {
  expect(() => setUp({ silent: [MEMBERS[2] ?? ''] })).toThrow(
    `Cannot begin replica set "mongodb" as not every member answers: ${MEMBERS[2]}: connection refused`,
  );
});

test('goes on without a member that is silent, once there is a replica set', () => {
  expect(setUp({ inSet: MEMBERS, silent: [MEMBERS[1] ?? ''] }).asked).toHaveLength(1);
});

test('asks again until a majority has accepted the member before, and not for ever', () => {
  expect(setUp({ refusals: 5 }).asked.filter((command) => 'replSetReconfig' in command)).toHaveLength(2);
  expect(() => setUp({ refusals: 1000 })).toThrow('not yet majority committed');
});

test('logs in with the key of the members, without its line breaks and fit for a URL', () => {
  for (const url of setUp().urls) expect(url).toMatch(/^mongodb:\/\/__system:a%2Bb%2Fc%3D@[^@]+\/admin\?authSource=local&/);
});
