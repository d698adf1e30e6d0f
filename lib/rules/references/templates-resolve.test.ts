import { problems } from '../testing/problems';

const template = (data: object, more: object = {}) =>
  problems('templates-resolve', ({ get }) => {
    get('ExternalSecret/web-keys').spec.target.template = { data, ...more };
  });

test('fails for a variable that is not fetched, and for a value that is not used', () => {
  expect(template({ url: 'https://{{ .user }}@example.com' })).toEqual([
    'ExternalSecret/web-keys: /spec/target/template/data/url uses ".user", which is not fetched (there: api-key)',
    'ExternalSecret/web-keys: /spec/data/0/secretKey fetches "api-key", which the template does not use',
  ]);
});

test('fails for braces that are not closed', () => {
  expect(template({ url: 'https://{{ .api-key }@example.com', key: '{{ index . "api-key" }}' })).toEqual([
    'ExternalSecret/web-keys: /spec/target/template/data/url cannot be parsed at "{{ .api-key }@example.com": write an action as {{ … }}',
  ]);
});

test('accepts a variable in a pipe, and one whose name is no identifier', () => {
  expect(template({ 'api-key': '{{ index . "api-key" | quote }}' })).toEqual([]);
});

test('accepts a template that adds to what is fetched', () => {
  expect(template({ user: 'web' }, { mergePolicy: 'Merge' })).toEqual([]);
});
