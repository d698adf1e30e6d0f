import { problems } from '../testing/problems';

const RULE = 'requests-and-limits';
const RESOURCES = '/spec/template/spec/containers/0/resources';
const resources = (deployment: 'web' | 'model', value: unknown) =>
  problems(RULE, ({ get }) => {
    get(`Deployment/${deployment}`).spec.template.spec.containers[0].resources = value;
  });

test('fails for a container without resources', () => {
  expect(resources('web', undefined)).toEqual([
    `Deployment/web: ${RESOURCES}/requests/cpu is missing (container web)`,
    `Deployment/web: ${RESOURCES}/requests/memory is missing (container web)`,
    `Deployment/web: ${RESOURCES}/limits/memory is missing (container web)`,
  ]);
});

test('fails for an init container and for a database', () => {
  expect(
    problems(RULE, ({ get }) => {
      get('Deployment/web').spec.template.spec.initContainers = [{ name: 'wait' }];
      delete get('Cluster/database').spec.resources;
    }),
  ).toHaveLength(6);
});

test('fails for a limit below the request', () => {
  expect(resources('web', { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '500m', memory: '1024Mi' } })).toEqual([
    `Deployment/web: ${RESOURCES}/limits/cpu is 500m, less than the 1 that is requested (container web)`,
  ]);
});

test('fails for a GPU that is requested but not limited, and for memory that may grow beside it', () => {
  expect(
    resources('model', { requests: { cpu: '4', memory: '64Gi', 'nvidia.com/gpu': 2 }, limits: { memory: '96Gi', 'nvidia.com/gpu': 1 } }),
  ).toEqual([
    `Deployment/model: ${RESOURCES}/limits/memory is 96Gi, not the 64Gi that is requested (container model)`,
    `Deployment/model: ${RESOURCES}/limits/nvidia.com~1gpu is 1, not the 2 that is requested (container model)`,
  ]);
});

test('accepts equal amounts in different units', () => {
  expect(resources('model', { requests: { cpu: 4, memory: '1Gi' }, limits: { memory: '1024Mi', 'nvidia.com/gpu': '2' } })).toEqual([]);
});
