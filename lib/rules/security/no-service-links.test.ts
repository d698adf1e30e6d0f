import { problems } from '../testing/problems';

test('fails for a pod that gets them, as all do by default', () => {
  expect(
    problems('no-service-links', ({ get }) => {
      delete get('Deployment/web').spec.template.spec.enableServiceLinks;
    }),
  ).toEqual(['Deployment/web: /spec/template/spec/enableServiceLinks is not false']);
});
