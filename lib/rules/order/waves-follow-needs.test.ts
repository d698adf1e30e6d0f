import { behindIstio } from '../testing/behind-istio';
import { problems } from '../testing/problems';
import type { Draft, Drafts } from '../testing/sample-target';

const RULE = 'waves-follow-needs';
const FIELD = '/metadata/annotations/argocd.argoproj.io~1sync-wave';

const annotate = (object: Draft, name: string, value: string): void => {
  object.metadata.annotations = { ...object.metadata.annotations, [`argocd.argoproj.io/${name}`]: value };
};
const waves = (all: Readonly<Record<string, string>>, change: (drafts: Drafts) => void = () => {}) =>
  problems(RULE, (drafts) => {
    change(drafts);
    for (const [id, wave] of Object.entries(all)) annotate(drafts.get(id), 'sync-wave', wave);
  });

test('accepts what is needed in the same wave or an earlier one', () => {
  expect(waves({ 'ConfigMap/web-config': '-3', 'ExternalSecret/web-keys': '-3', 'HTTPRoute/web': '1', 'KongPlugin/limits': '1' })).toEqual(
    [],
  );
});

test.each([
  ['ConfigMap/web-config', 'Deployment/web'],
  ['ExternalSecret/web-keys', 'Deployment/web'],
  ['ServiceAccount/web', 'Deployment/web'],
  ['PersistentVolumeClaim/models', 'Deployment/model'],
  ['Service/web', 'HTTPRoute/web'],
  ['KongPlugin/limits', 'HTTPRoute/web'],
  ['NetworkPolicy/model-from-kong', 'Deployment/model'],
])('fails for %s after %s', (needed, object) => {
  const namespace = object.endsWith('model') ? 'llm' : 'app';

  expect(waves({ [needed]: '1' })).toEqual([
    `${needed}: ${FIELD} puts it into wave 1, after ${object} in ${namespace} in wave 0, which needs it`,
  ]);
});

test('fails for a copy of a Secret before what makes it', () => {
  const found = waves({}, ({ add }) => {
    const copy = {
      ...{ apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 'copy', namespace: 'app' } },
      spec: { secretStoreRef: { name: 'copies' }, data: [{ remoteRef: { key: 'web-keys', property: 'api-key' } }] },
    };
    annotate(copy, 'sync-wave', '-3');
    add(copy, {
      ...{ apiVersion: 'external-secrets.io/v1', kind: 'ClusterSecretStore', metadata: { name: 'copies' } },
      spec: { provider: { kubernetes: { remoteNamespace: 'app' } } },
    });
  });

  expect(found).toEqual([
    `ExternalSecret/web-keys: ${FIELD} puts it into wave 0, after ExternalSecret/copy in app in wave -3, which needs it`,
  ]);
});

const migration = ({ add }: Drafts) =>
  add({
    ...{ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'migration', namespace: 'app' } },
    spec: {
      template: {
        spec: {
          containers: [{ name: 'migration', image: 'ghcr.io/fluxcd/web:1.2.3' }],
          volumes: [{ name: 'config', configMap: { name: 'web-config' } }],
        },
      },
    },
  });

test('leaves waves and hooks that Argo CD cannot read to sync-annotations', () => {
  expect(waves({ 'ConfigMap/web-config': 'late' })).toEqual([]);
  expect(waves({ 'ConfigMap/web-config': '1' }, ({ get }) => annotate(get('ConfigMap/web-config'), 'hook', 'PreSynch'))).toEqual([]);
});

test('wants a migration done before its server starts', () => {
  const early = { 'ConfigMap/web-config': '-3' };

  expect(waves({ ...early, 'Job/migration': '-1' }, migration)).toEqual([]);
  expect(waves({ ...early, 'Job/migration': '0' }, migration)).toEqual([
    `Job/migration: ${FIELD} puts it into wave 0, together with Deployment/web in app, which may start only after it has ended`,
  ]);
});

test('fails for a hook before what it needs', () => {
  const change = (drafts: Drafts) => {
    migration(drafts);
    annotate(drafts.get('Job/migration'), 'hook', 'PreSync');
  };

  expect(waves({ 'ConfigMap/web-config': '-3' }, change)).toEqual([
    `ConfigMap/web-config: ${FIELD} puts it into wave -3, after Job/migration in app in wave 0 of PreSync, which needs it`,
  ]);
});

test('fails for what everything stands on after anything else of its app', () => {
  expect(waves({ 'PriorityClass/serving': '5' })).toEqual([
    `PriorityClass/serving: ${FIELD} puts it into wave 5, after ClusterIssuer/internal in wave 0`,
  ]);
});

test('fails for a route of Istio that is published before its gateway asks for tokens', () => {
  const inOneApp = (wave: string) =>
    problems('waves-follow-needs', (drafts) => {
      behindIstio(drafts);
      const route = drafts.get('VirtualService/models');
      // Rules compare within an app, which the sample makes of a namespace.
      route.metadata.namespace = 'istio-ingress';
      route.metadata.annotations['argocd.argoproj.io/sync-wave'] = wave;
    });
  const late = (kind: string) =>
    `${kind}/models: /metadata/annotations/argocd.argoproj.io~1sync-wave puts it into wave 0, after VirtualService/models in istio-ingress in wave -1, which needs it`;

  expect(inOneApp('1')).toEqual([]);
  expect(inOneApp('-1')).toEqual(expect.arrayContaining(['RequestAuthentication', 'AuthorizationPolicy', 'Gateway'].map(late)));
});
