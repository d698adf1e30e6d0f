import { problems } from '../testing/problems';

const RULE = 'names-are-valid';
const named = (id: string, name: string) =>
  problems(RULE, ({ get }) => {
    get(id).metadata.name = name;
  });
const labelled = (labels: object) =>
  problems(RULE, ({ get }) => {
    get('Deployment/web').metadata.labels = labels;
  });

test.each([
  ['Service/web', 'Web', 'which is no DNS name of lower case, digits and dashes'],
  ['Service/web', 'web.front', 'which is no DNS name of lower case, digits and dashes'],
  ['Service/web', '1-web', 'which begins with a digit'],
  ['Service/web', 'w'.repeat(64), '64 characters of at most 63 for a Service'],
  ['ConfigMap/web-config', 'web_config', 'which is no DNS name of lower case, digits and dashes'],
])('fails for %s under the name %s', (id, name, message) => {
  const [kind] = id.split('/');

  expect(named(id, name)).toEqual([`${kind}/${name}: /metadata/name is "${name}", ${message}`]);
});

test('accepts names with dots where they are allowed', () => {
  expect(named('ConfigMap/web-config', 'web.config')).toEqual([]);
});

test('accepts labels with a domain, and empty ones', () => {
  expect(labelled({ 'slipway.dev/team': 'a_b.c-d', empty: '' })).toEqual([]);
});

test.each([
  [
    'a space',
    { team: 'platform team' },
    '/team is "platform team", which is no value of a label: letters, digits, ".", "_", "-", at most 63',
  ],
  ['a boolean', { team: true }, '/team is true, not a text: put it into quotes'],
  ['two slashes', { 'a/b/c': 'x' }, '/a~1b~1c is no key: [<domain>/]<name of at most 63 characters>'],
])('fails for a label with %s', (_, labels, message) => {
  expect(labelled(labels)).toEqual([`Deployment/web: /metadata/labels${message}`]);
});

test('fails for an annotation of pods that is a number', () => {
  const change = ({ get }: { get: (id: string) => { spec: { template: { metadata: object } } } }) =>
    Object.assign(get('Deployment/web').spec.template.metadata, { annotations: { retries: 0 } });

  expect(problems(RULE, change)).toEqual([
    'Deployment/web: /spec/template/metadata/annotations/retries is 0, not a text: put it into quotes',
  ]);
});
