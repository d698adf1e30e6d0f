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

test.each([
  ['//web:', '//wbe:', 'names user "wbe", whom nobody makes (there: web)'],
  ['/shop?', '/shpo?', 'opens "shpo", for which "web" has no role (there: shop)'],
  ['authSource=shop', 'authSource=admin', 'logs "web" in at "admin", but the user is one of "shop"'],
  ['replicaSet=main', 'replicaSet=rs0', 'names replica set "rs0", but the members are configured as "main"'],
  ['replicaSet=main&', '', 'names no replica set, but the members are configured as "main"'],
  [' | urlquery', '', 'puts {{ .password }} into a URL as it is: escape it with | urlquery'],
  [`,${HOSTS[2]}`, '', `does not name "${HOSTS[2]}": nobody is found while only that one is up`],
  ['documents-2.', 'documents-7.', `names "${HOSTS[2]?.replace('-2', '-7')}", which is no member (there: ${HOSTS.join(', ')})`],
])('fails for %s as %s', (from, to, message) => {
  expect(url(from, to)).toEqual([`${AT} ${message}`]);
});

test('fails for a password that is not the one that the user is given', () => {
  expect(url('', '', 'documents-key')).toEqual([`${AT} logs "web" in with "documents-key", but the user is given "documents-web"`]);
});
