import { problems } from '../testing/problems';
import { withReplicaSet } from '../testing/sample-replica-set';
import type { Draft, Drafts } from '../testing/sample-target';

const found = (change: (drafts: Drafts) => void = () => {}) =>
  problems('replica-sets-agree', (drafts) => {
    withReplicaSet(drafts);
    change(drafts);
  });
const setUp = (change: (env: Draft) => void) =>
  found(({ get }) => change(get('Job/documents-set-up').spec.template.spec.containers[0].env));
const configured = (from: string, to: string) =>
  found(({ get }) => {
    const { data } = get('ConfigMap/documents');
    data['mongod.yaml'] = data['mongod.yaml'].replace(from, to);
  });
const ENV = 'Job/documents-set-up: /spec/template/spec/containers/0/env';
const FILE = 'ConfigMap/documents: /data/mongod.yaml';

test('accepts members and a set-up that agree', () => {
  expect(found()).toEqual([]);
});

test('fails for a set-up that calls the replica set or its members otherwise', () => {
  const hosts = [0, 1, 2].map((i) => `documents-${i}.documents.app.svc.cluster.local:27017`);

  expect(
    setUp((env) => {
      env[0].value = 'rs0';
    }),
  ).toEqual([`${ENV}/0/value is "rs0", but StatefulSet/documents is configured as "main"`]);
  expect(
    setUp((env) => {
      env[1].value = hosts.slice(0, 2).join(',');
    }),
  ).toEqual([`${ENV}/1/value is "${hosts.slice(0, 2).join(',')}", but the members of StatefulSet/documents are "${hosts.join(',')}"`]);
});

test('fails for a user without a password, and for another key than that of the members', () => {
  expect(setUp((env) => env.pop())).toEqual([
    `${ENV}/2/value gives user "web" the password in WEB_PASSWORD, a variable that the container does not set`,
  ]);
  expect(
    setUp((env) => {
      env[3].valueFrom.secretKeyRef.key = 'web';
    }),
  ).toEqual([`${ENV}/3/valueFrom is documents/web, but the members take their key from documents/key`]);
});

test('fails for a set-up that runs with its members or before them, and for none', () => {
  expect(
    found(({ get }) => {
      get('Job/documents-set-up').metadata.annotations['argocd.argoproj.io/sync-wave'] = '-2';
    }),
  ).toEqual([
    'Job/documents-set-up: /metadata/annotations/argocd.argoproj.io~1sync-wave is -2, not above wave -2 of StatefulSet/documents: the Job needs running members, which Argo CD would not have created yet',
  ]);
  expect(found(({ remove }) => remove('Job/documents-set-up'))).toEqual([
    'StatefulSet/documents: /metadata/name has no Job that initiates the replica set and creates its users',
  ]);
});

test('fails for members without a key, with one that cannot be written, and on another port', () => {
  expect(configured('keyFile: /run/mongodb/keyfile', 'authorization: disabled')).toEqual([
    `${FILE} names no keyFile: anybody who reaches a member could read and write`,
  ]);
  expect(configured('/run/mongodb/keyfile', '/etc/keyfile')).toEqual([
    `${FILE} has in line 4 "/etc/keyfile", where no writable volume is mounted`,
  ]);
  expect(configured('port: 27017', 'port: 27018')).toContain(
    `${FILE} has in line 2 port 27018, which StatefulSet/documents does not declare`,
  );
});

test('fails where members find each other too late, or are kept from each other', () => {
  expect(
    found(({ get }) => {
      delete get('Service/documents').spec.publishNotReadyAddresses;
    }),
  ).toEqual(['Service/documents: /spec/publishNotReadyAddresses is not true: members must find each other before they are ready']);
  expect(found(({ remove }) => remove('NetworkPolicy/documents-ingress'))).toEqual([
    'StatefulSet/documents: /spec/replicas is 3, but no NetworkPolicy lets the members call each other',
  ]);
});

test('fails for an even number of members, and for a budget that lets their majority go', () => {
  expect(
    found(({ get }) => {
      get('StatefulSet/documents').spec.replicas = 2;
    })[0],
  ).toBe('StatefulSet/documents: /spec/replicas is 2, an even number: if one half is cut off, no half has a majority');
  expect(
    found(({ get }) => {
      get('PodDisruptionBudget/documents').spec.maxUnavailable = 2;
    }),
  ).toEqual(['PodDisruptionBudget/documents: /spec/maxUnavailable is 2: without them, 3 members have no majority']);
});

test('fails for data that goes with the pod, and for members that hear themselves alone', () => {
  expect(configured('net:', 'storage:\n  dbPath: /run/mongodb/db\nnet:')).toEqual([]);
  expect(configured('net:', 'storage:\n  dbPath: /data/db\nnet:')).toEqual([
    `${FILE} keeps data in line 2 in /data/db, where no writable volume is mounted`,
  ]);
  const deaf = `${FILE} listens to the pod itself alone: bindIpAll: true lets members and clients in`;

  expect(configured('port: 27017', 'port: 27017\n  bindIp: 127.0.0.1,10.0.0.1')).toEqual([]);
  expect(configured('port: 27017', 'port: 27017\n  bindIp: 127.0.0.1')).toEqual([deaf]);
  expect(configured('port: 27017', 'port: 27017\n  bindIpAll: false')).toEqual([deaf]);
});

test('fails for a role that MongoDB does not have', () => {
  expect(
    setUp((env) => {
      env[2].value = env[2].value.replace('readWrite', 'readwrite');
    }),
  ).toEqual([`${ENV}/2/value gives user "web" the role "readwrite", which MongoDB does not have`]);
});
