import type { Draft, Drafts } from './sample-target';

const HOSTS = [0, 1, 2].map((i) => `documents-${i}.documents.app.svc.cluster.local:27017`).join(',');

/** The URL of a client of the sample's replica set. */
export const mongodbUrl = `mongodb://web:{{ .password | urlquery }}@${HOSTS}/shop?replicaSet=main&authSource=shop`;

const fromSecret = (name: string, key: string): Draft => ({ name, valueFrom: { secretKeyRef: { name: 'documents', key } } });
const external = (name: string, fetched: Readonly<Record<string, string>>, data: Readonly<Record<string, string>>): Draft => ({
  ...{ apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name, namespace: 'app' } },
  spec: {
    data: Object.entries(fetched).map(([secretKey, key]) => ({ secretKey, remoteRef: { key } })),
    target: { name, template: { data } },
  },
});

/** Adds a MongoDB of three members, its set-up, and a Secret with a URL of it. */
export function withReplicaSet({ add }: Pick<Drafts, 'add'>): void {
  const labels = { 'app.kubernetes.io/name': 'documents' };
  const metadata = (name: string, wave?: string): Draft => ({
    ...{ name, namespace: 'app' },
    ...(wave === undefined ? {} : { annotations: { 'argocd.argoproj.io/sync-wave': wave } }),
  });
  const users = [{ user: 'web', database: 'shop', roles: [{ role: 'readWrite', db: 'shop' }], passwordFrom: 'WEB_PASSWORD' }];
  add(
    { ...{ apiVersion: 'v1', kind: 'ConfigMap', metadata: metadata('documents') }, data: { 'mongod.yaml': CONFIG } },
    {
      ...{ apiVersion: 'v1', kind: 'Service', metadata: metadata('documents') },
      spec: { clusterIP: 'None', publishNotReadyAddresses: true, selector: labels, ports: [{ name: 'mongodb', port: 27017 }] },
    },
    {
      ...{ apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: metadata('documents', '-2') },
      spec: {
        ...{ replicas: 3, serviceName: 'documents', selector: { matchLabels: labels } },
        template: {
          metadata: { labels },
          spec: {
            containers: [
              {
                ...{ name: 'mongodb', ports: [{ name: 'mongodb', containerPort: 27017 }], env: [fromSecret('MEMBER_KEY', 'key')] },
                volumeMounts: [{ name: 'key', mountPath: '/run/mongodb' }],
              },
            ],
            volumes: [
              { name: 'config', configMap: { name: 'documents' } },
              { name: 'key', emptyDir: {} },
            ],
          },
        },
      },
    },
    {
      ...{ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: metadata('documents') },
      spec: { maxUnavailable: 1, selector: { matchLabels: labels } },
    },
    ...['Ingress', 'Egress'].map((direction) => ({
      ...{ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: metadata(`documents-${direction.toLowerCase()}`) },
      spec: {
        podSelector: { matchLabels: labels },
        policyTypes: [direction],
        [direction.toLowerCase()]: [
          {
            [direction === 'Ingress' ? 'from' : 'to']: [{ podSelector: { matchLabels: labels } }],
            ports: [{ protocol: 'TCP', port: 27017 }],
          },
        ],
      },
    })),
    {
      ...{ apiVersion: 'batch/v1', kind: 'Job', metadata: metadata('documents-set-up', '-1') },
      spec: {
        template: {
          spec: {
            containers: [
              {
                name: 'set-up',
                env: [
                  { name: 'REPLICA_SET', value: 'main' },
                  { name: 'MEMBERS', value: HOSTS },
                  { name: 'USERS', value: JSON.stringify(users) },
                  fromSecret('MEMBER_KEY', 'key'),
                  fromSecret('WEB_PASSWORD', 'web'),
                ],
              },
            ],
          },
        },
      },
    },
    external('documents', { key: 'documents-key', web: 'documents-web' }, { key: '{{ .key }}', web: '{{ .web }}' }),
    external('client', { password: 'documents-web' }, { URL: mongodbUrl }),
  );
}

const CONFIG = `net:
  port: 27017
security:
  keyFile: /run/mongodb/keyfile
replication:
  replSetName: main
`;
