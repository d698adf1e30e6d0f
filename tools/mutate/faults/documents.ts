import { add, drop, remove, replace, set } from '../edits';
import { chapter, type Faults } from '../fault';
import { FIRST, POD, policy, SYNC_OPTIONS, WAVE } from './objects';

const MEMBERS = 'StatefulSet/gpt/mongodb';
const CONFIG = 'ConfigMap/gpt/mongodb-config';
const SET_UP = 'Job/gpt/mongodb-set-up';
const CREDENTIALS = 'ExternalSecret/gpt/mongodb-credentials';
const CHAT = 'ExternalSecret/gpt/chat-service-secrets';
const URL = '/spec/target/template/data/MONGODB_URL';
const HOST = 'mongodb-0.mongodb.gpt.svc.cluster.local';
const EXPORTER = `${POD}/containers/1`;

const url = (from: string, to: string) => replace(CHAT, URL, from, to);
const fromSecret = (name: string) => `${FIRST}/env/name=${name}/valueFrom/secretKeyRef/key`;

const faults: Faults = {
  'mongodb-port-wrong': ['The chat looks for MongoDB at another port.', url('27017', '27018')],
  'mongodb-host-misspelt': ['The chat looks for MongoDB under a name that does not exist.', url('.mongodb.gpt', '.mongo.gpt')],
  'mongodb-member-beyond-replicas': ['The chat looks for a member that is never there.', url('mongodb-2.', 'mongodb-3.')],
  'mongodb-name-without-member': [
    'The chat asks whichever member DNS gives it.',
    url(`${HOST}:27017,`, 'mongodb.gpt.svc.cluster.local:27017,'),
  ],
  'mongodb-user-misspelt': ['The chat logs in as a user that nobody makes.', url('//chat:', '//chats:')],
  'mongodb-database-misspelt': ['The chat opens a database that its user may not read.', url('/chat?', '/chats?')],
  'mongodb-auth-source-other': ['The chat logs in where its user is not.', url('authSource=chat', 'authSource=admin')],
  'mongodb-auth-source-missing': [
    'The exporter’s user is looked for in the database that it reads.',
    url('&authSource=chat', '&authSource=auth'),
  ],
  'mongodb-set-misspelt': ['The chat looks for a replica set of another name.', url('replicaSet=mongodb', 'replicaSet=rs0')],
  'mongodb-set-unnamed': ['The chat takes the first member for the whole replica set.', url('replicaSet=mongodb&', '')],
  'mongodb-password-not-escaped': ['MongoDB’s password goes into a URL as it is.', url(' | urlquery', '')],
  'mongodb-password-of-another': [
    'The chat’s password is that of another user.',
    set(CHAT, '/spec/data/0/remoteRef/key', 'gpt-mongodb-auth-password'),
  ],
  'mongodb-password-exchanged': [
    'The set-up gives the chat’s user the password of another.',
    set(SET_UP, fromSecret('CHAT_PASSWORD'), 'auth-password'),
  ],
  'mongodb-password-key-misspelt': [
    'The set-up reads a key that the Secret does not have.',
    set(SET_UP, fromSecret('ROOT_PASSWORD'), 'root'),
  ],
  'mongodb-password-missing': ['The set-up makes a user without a password.', drop(SET_UP, `${FIRST}/env/name=CHAT_PASSWORD`)],
  'mongodb-user-not-made': [
    'The set-up no longer makes a user who logs in.',
    replace(SET_UP, `${FIRST}/env/name=USERS/value`, /,\{"user":"chat".*?"CHAT_PASSWORD"\}/, ''),
  ],
  'mongodb-member-not-added': [
    'The set-up adds two of three members.',
    replace(SET_UP, `${FIRST}/env/name=MEMBERS/value`, ',mongodb-2.mongodb.gpt.svc.cluster.local:27017', ''),
  ],
  'mongodb-set-up-for-other-set': [
    'The set-up begins a replica set of another name.',
    set(SET_UP, `${FIRST}/env/name=REPLICA_SET/value`, 'rs0'),
  ],
  'mongodb-set-renamed': [
    'The members’ configuration names another replica set.',
    replace(CONFIG, '/data/mongod.yaml', 'replSetName: mongodb', 'replSetName: rs0'),
  ],
  'mongodb-open': [
    'MongoDB lets everybody in.',
    replace(CONFIG, '/data/mongod.yaml', 'keyFile: /run/mongodb/keyfile', 'authorization: disabled'),
  ],
  'mongodb-key-elsewhere': [
    'Members look for their key where it is not written.',
    replace(CONFIG, '/data/mongod.yaml', '/run/mongodb/keyfile', '/etc/keyfile'),
  ],
  'mongodb-key-missing': ['A member starts without the key.', drop(MEMBERS, `${FIRST}/env/name=MEMBER_KEY`)],
  'mongodb-key-of-set-up-other': [
    'The set-up logs in with another key than the members know.',
    set(SET_UP, fromSecret('MEMBER_KEY'), 'root-password'),
  ],
  'mongodb-listens-elsewhere': [
    'MongoDB listens on another port than its Service expects.',
    replace(CONFIG, '/data/mongod.yaml', 'port: 27017', 'port: 27018'),
  ],
  'mongodb-credentials-undelivered': ['MongoDB’s credentials are not delivered.', remove(CREDENTIALS)],
  'mongodb-set-up-before-members': ['The set-up runs before there are members.', set(SET_UP, WAVE, '-3')],
  'mongodb-set-up-pre-sync': [
    'The set-up waits for members that come after it.',
    set(SET_UP, '/metadata/annotations/argocd.argoproj.io~1hook', 'PreSync'),
  ],
  'mongodb-set-up-no-hook': [
    'The set-up is no hook: its Job cannot be changed.',
    drop(SET_UP, '/metadata/annotations/argocd.argoproj.io~1hook'),
  ],
  'mongodb-service-balanced': ['MongoDB’s members have no names.', drop('Service/gpt/mongodb', '/spec/clusterIP')],
  'mongodb-members-found-late': [
    'Members find each other only when they are ready.',
    drop('Service/gpt/mongodb', '/spec/publishNotReadyAddresses'),
  ],
  'mongodb-cache-too-large': ['MongoDB’s cache is larger than its memory.', set(MEMBERS, `${FIRST}/env/name=CACHE_GB/value`, '6')],
  'mongodb-budget-none': ['No member may ever be evicted.', set('PodDisruptionBudget/gpt/mongodb', '/spec/maxUnavailable', 0)],
  'mongodb-budget-two': ['Two of three members may be evicted at once.', set('PodDisruptionBudget/gpt/mongodb', '/spec/maxUnavailable', 2)],
  'mongodb-budget-missing': ['All members may be evicted at once.', remove('PodDisruptionBudget/gpt/mongodb')],
  'mongodb-budget-of-one': [
    'A single member may never be evicted.',
    add('gpt', 'PodDisruptionBudget/mongodb', 'gpt', {
      apiVersion: 'policy/v1',
      spec: { minAvailable: 1, selector: { matchLabels: { 'slipway.dev/workload': 'mongodb' } } },
    }),
    'dev/local',
  ],
  'mongodb-two-members': ['A replica set has two members, and no majority without either.', set(MEMBERS, '/spec/replicas', 2)],
  'mongodb-prunable': ['A sync may delete MongoDB with its data.', drop(MEMBERS, SYNC_OPTIONS)],
  'mongodb-claims-deleted': [
    'MongoDB’s claims go with it.',
    set(MEMBERS, '/spec/persistentVolumeClaimRetentionPolicy/whenDeleted', 'Delete'),
  ],
  'mongodb-exporter-elsewhere': [
    'MongoDB’s exporter listens on another port than is scraped.',
    replace(MEMBERS, `${EXPORTER}/args/0`, '9216', '9217'),
  ],
  'mongodb-not-scraped': [
    'Prometheus looks for MongoDB’s metrics at a port that no pod has.',
    set('PodMonitor/gpt/mongodb-metrics', '/spec/podMetricsEndpoints/0/port', 'mongo'),
  ],
  'mongodb-clients-shut-out': ['Nobody lets the chat into MongoDB.', remove(policy('gpt', 'mongodb-from-chat-service'))],
  'mongodb-members-shut-out': ['Members cannot reach each other.', remove(policy('gpt', 'mongodb-to-mongodb'))],
  'mongodb-set-up-shut-in': ['The set-up cannot reach MongoDB.', remove(policy('gpt', 'mongodb-set-up-to-mongodb'))],
};

/** MongoDB, in a target that has it. */
export const documents = chapter(
  'MongoDB',
  Object.fromEntries(Object.entries(faults).map(([id, [title, edit, place = 'prod/eu-west-1']]) => [id, [title, edit, place] as const])),
);
