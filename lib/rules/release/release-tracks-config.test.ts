import { problems } from '../testing/problems';

const read = (template: object) =>
  problems('release-tracks-config', ({ get, add }) => {
    get('Deployment/model').spec.template.spec.containers[0].env = [
      { name: 'KEY', valueFrom: { secretKeyRef: { name: 'keys', key: 'key' } } },
    ];
    add({
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name: 'keys', namespace: 'llm' },
      spec: { target: { name: 'keys', template }, data: [{ secretKey: 'key' }] },
    });
  });

test('fails for a delivered Secret that Flagger tracks', () => {
  expect(read({})).toEqual([
    'ExternalSecret/keys: /spec/target/template/metadata/annotations/flagger.app~1config-tracking is not "disabled", though Deployment/model reads the Secret and a Canary releases it',
  ]);
});

test('accepts one that it leaves alone', () => {
  expect(read({ metadata: { annotations: { 'flagger.app/config-tracking': 'disabled' } } })).toEqual([]);
});

test('fails for a ConfigMap with binary data', () => {
  expect(
    problems('release-tracks-config', ({ get, add }) => {
      get('Deployment/model').spec.template.spec.volumes.push({ name: 'config', configMap: { name: 'settings' } });
      add({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'llm' }, binaryData: { vocabulary: '' } });
    }),
  ).toEqual(['ConfigMap/settings: /binaryData holds files, which Flagger does not copy for the primary: keep them in data']);
});
