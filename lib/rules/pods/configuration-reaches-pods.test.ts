import { problems } from '../testing/problems';
import type { Drafts } from '../testing/sample-target';

const RULE = 'configuration-reaches-pods';
const AT = 'Deployment/web: /spec/template/metadata/annotations/slipway.dev~1configuration';

/** What configurationChecksum() writes for the file of the sample. */
const CHECKSUM = '0fed1c9a9101e97e';

const pods = (annotation: string | undefined, change: (drafts: Drafts) => void = () => {}) =>
  problems(RULE, (drafts) => {
    const { metadata, spec } = drafts.get('Deployment/web').spec.template;
    metadata.annotations = annotation === undefined ? {} : { 'slipway.dev/configuration': annotation };
    spec.containers[0].args = ['--config=/etc/web/config.json'];
    change(drafts);
  });

test('accepts the checksum of the files, and pods whose programs name none of them', () => {
  expect(pods(CHECKSUM)).toEqual([]);
  expect(problems(RULE)).toEqual([]);
});

test('fails for the checksum of other files', () => {
  expect(pods('0123456789abcdef')).toEqual([
    `${AT} is 0123456789abcdef, the checksum of none of their ConfigMaps (there: ${CHECKSUM} of "web-config")`,
  ]);
  expect(pods(CHECKSUM, ({ get }) => Object.assign(get('ConfigMap/web-config').data, { 'config.json': '{}' }))).toEqual([
    expect.stringContaining(`is ${CHECKSUM}, the checksum of none of their ConfigMaps`),
  ]);
});

test('fails without a checksum where a program is told to read a file', () => {
  expect(pods(undefined)).toEqual([`${AT} is missing, though the pods read ConfigMap "web-config" when they start`]);
});

test('accepts a release, whose configuration Flagger follows', () => {
  const released = problems(RULE, ({ get, add }) => {
    add({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'model-config', namespace: 'llm' }, data: { 'config.yaml': 'a: b' } });
    const { spec } = get('Deployment/model').spec.template;
    spec.volumes = [...(spec.volumes ?? []), { name: 'config', configMap: { name: 'model-config' } }];
    Object.assign(spec.containers[0], { args: ['--config=/config/config.yaml'], volumeMounts: [{ name: 'config', mountPath: '/config' }] });
  });

  expect(released).toEqual([]);
});
