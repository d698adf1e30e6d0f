import { problems } from '../testing/problems';

const CONTAINERS = '/spec/template/spec/containers';

test('fails for a server without its probes', () => {
  expect(
    problems('probes-present', ({ get }) => {
      delete get('Deployment/web').spec.template.spec.containers[0].livenessProbe;
      delete get('Deployment/model').spec.template.spec.containers[0].readinessProbe;
    }),
  ).toEqual([
    `Deployment/web: ${CONTAINERS}/0/livenessProbe is missing (container web)`,
    `Deployment/model: ${CONTAINERS}/0/readinessProbe is missing (container model)`,
  ]);
});

test('fails for a sidecar that stays', () => {
  expect(
    problems('probes-present', ({ get }) => {
      const sidecar = { name: 'proxy', restartPolicy: 'Always', ports: [{ containerPort: 9000 }] };
      get('Deployment/web').spec.template.spec.initContainers = [sidecar];
    }),
  ).toHaveLength(2);
});

test('accepts a container without ports and an init container that ends', () => {
  expect(
    problems('probes-present', ({ get }) => {
      const { spec } = get('Deployment/web').spec.template;
      spec.containers.push({ name: 'worker' });
      spec.initContainers = [{ name: 'wait', ports: [{ containerPort: 9000 }] }];
    }),
  ).toEqual([]);
});
