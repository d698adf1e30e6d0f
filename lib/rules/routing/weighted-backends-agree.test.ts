import { problems } from '../testing/problems';

const RULE = 'weighted-backends-agree';
const retries = (value: string) => ({ annotations: { 'konghq.com/retries': value, 'example.com/owner': value } });

test('accepts equal annotations, and other people’s', () => {
  expect(
    problems(RULE, ({ get }) => {
      Object.assign(get('Canary/model').spec.service, {
        primary: retries('0'),
        canary: { annotations: { 'konghq.com/retries': '0' } },
      });
    }),
  ).toEqual([]);
});

test('fails for a primary and a canary that differ, or of which one has none', () => {
  expect([
    ...problems(RULE, ({ get }) => void Object.assign(get('Canary/model').spec.service, { primary: retries('0'), canary: retries('5') })),
    ...problems(RULE, ({ get }) => void Object.assign(get('Canary/model').spec.service, { primary: retries('0') })),
  ]).toEqual([
    'Canary/model: /spec/service/canary/annotations/konghq.com~1retries is "5", but "0" on the primary, with which it shares traffic',
    'Canary/model: /spec/service/canary/annotations/konghq.com~1retries is missing, but "0" on the primary, with which it shares traffic',
  ]);
});

test('fails for two Services of one rule that differ', () => {
  expect(
    problems(RULE, ({ get, add }) => {
      add({ ...structuredClone(get('Service/web')), metadata: { name: 'next', namespace: 'app', ...retries('1') } });
      get('HTTPRoute/web').spec.rules[0].backendRefs.push({ name: 'next', port: 80 });
    }),
  ).toEqual(['Service/next: /metadata/annotations/konghq.com~1retries is "1", but missing on Service/web, with which it shares traffic']);
});
