import { problems } from '../testing/problems';

test('fails for a container that may write to its image', () => {
  expect(
    problems('read-only-root', ({ get }) => {
      delete get('Deployment/web').spec.template.spec.containers[0].securityContext.readOnlyRootFilesystem;
    }),
  ).toEqual(['Deployment/web: /spec/template/spec/containers/0/securityContext/readOnlyRootFilesystem is not true (container web)']);
});
