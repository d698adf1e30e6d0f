import { problems } from '../testing/problems';

const KIB = 1024;

test('accepts what fits', () => {
  expect(
    problems('objects-fit-api', ({ get }) => {
      get('ConfigMap/web-config').data.large = 'x'.repeat(1000 * KIB);
    }),
  ).toEqual([]);
});

test('fails for a ConfigMap of more than 1 MiB, counted in bytes', () => {
  expect(
    problems('objects-fit-api', ({ get }) => {
      get('ConfigMap/web-config').data = { large: 'é'.repeat(600 * KIB) };
    }),
  ).toEqual(['ConfigMap/web-config: /data holds 1228800 bytes, more than 1048576']);
});

test('fails for annotations of more than 256 KiB, on pods too', () => {
  const annotations = { large: 'x'.repeat(256 * KIB) };
  expect(
    problems('objects-fit-api', ({ get }) => {
      get('Service/web').metadata.annotations = annotations;
      get('Deployment/web').spec.template.metadata.annotations = annotations;
    }),
  ).toEqual([
    'Service/web: /metadata/annotations hold 262149 bytes, more than 262144',
    'Deployment/web: /spec/template/metadata/annotations hold 262149 bytes, more than 262144',
  ]);
});
