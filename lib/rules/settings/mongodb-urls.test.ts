import { problems } from '../testing/problems';
import { mongodbUrl, withReplicaSet } from '../testing/sample-replica-set';

const url = (from = '', to = '', entry = 'documents-web') =>
  problems('databases-resolve', (drafts) => {
    withReplicaSet(drafts);
    const { data, target } = drafts.get('ExternalSecret/client').spec;
    target.template.data.URL = mongodbUrl.replace(from, to);
    data[0].remoteRef.key = entry;
  });
const AT = 'ExternalSecret/client: /spec/target/template/data/URL';
const HOSTS = [0, 1, 2].map((i) => `documents-${i}.documents.app.svc.cluster.local:27017`);

test('accepts every member, and a user with a role on the database', () => {
  expect(url()).toEqual([]);
});

test.each(['w=majority', 'w=2', 'w=everywhere', 'readPreference=nearest&maxPoolSize=50'])('accepts %s', (option) => {
  expect(url('authSource', `${option}&authSource`)).toEqual([]);
});

test.each([
  ['w=1', 'writes with w=1: what a client was told is written is lost when another of 3 members takes over'],
  ['w=0', 'writes with w=0: what a client was told is written is lost when another of 3 members takes over'],
  ['w=5', 'writes with w=5, and there are 3 members: no write ever succeeds'],
  ['writeConcern=majority', 'has option "writeConcern", which no driver knows'],
  ['tls=true', 'has tls=true, but the members are configured without TLS'],
  ['readPreference=slave', 'reads from "slave", and members are chosen by one of primary, primaryPreferred'],
])('fails for %s', (option, message) => {
  expect(url('authSource', `${option}&authSource`)).toEqual([expect.stringContaining(`${AT} ${message}`)]);
});

test.each([
  ['//web:', '//wbe:', 'names user "wbe", whom the set-up Job does not create (there: web)'],
  ['/shop?', '/shpo?', 'opens database "shpo", for which user "web" has no role (there: shop)'],
  ['authSource=shop', 'authSource=admin', 'logs user "web" in at database "admin", but the set-up Job creates the user in "shop"'],
  ['replicaSet=main', 'replicaSet=rs0', 'names replica set "rs0", but the members are configured as "main"'],
  ['replicaSet=main&', '', 'names no replica set, but the members are configured as "main"'],
  [' | urlquery', '', 'puts {{ .password }} into a URL without escaping it: add | urlquery'],
  [`,${HOSTS[2]}`, '', `does not name member "${HOSTS[2]}": clients find no server while only that member is up`],
  [
    'documents-2.',
    'documents-7.',
    `names "${HOSTS[2]?.replace('-2', '-7')}", which is no member of the replica set (there: ${HOSTS.join(', ')})`,
  ],
])('fails for %s as %s', (from, to, message) => {
  expect(url(from, to)).toEqual([`${AT} ${message}`]);
});

test('fails for a password that is not the one that the user is given', () => {
  expect(url('', '', 'documents-key')).toEqual([
    `${AT} logs user "web" in with the entry "documents-key" of the secret store, but the set-up Job takes the password from "documents-web"`,
  ]);
});
