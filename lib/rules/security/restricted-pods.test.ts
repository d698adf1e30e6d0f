import { problems } from '../testing/problems';
import type { Draft } from '../testing/sample-target';

const CONTEXT = '/spec/template/spec/containers/0/securityContext';
const pod = (change: (pod: Draft, container: Draft) => void) =>
  problems('restricted-pods', ({ get }) => {
    const { spec } = get('Deployment/web').spec.template;
    change(spec, spec.containers[0]);
  });

test('fails for a pod that says nothing', () => {
  const found = pod((spec, container) => {
    delete spec.securityContext;
    delete container.securityContext;
  });

  expect(found).toEqual([
    `Deployment/web: ${CONTEXT}/runAsNonRoot is not true (container web)`,
    `Deployment/web: ${CONTEXT}/runAsUser is missing, not a user other than root (container web)`,
    `Deployment/web: ${CONTEXT}/seccompProfile is not RuntimeDefault (container web)`,
    `Deployment/web: ${CONTEXT}/capabilities/drop does not drop ALL (container web)`,
    `Deployment/web: ${CONTEXT}/allowPrivilegeEscalation is not false (container web)`,
  ]);
});

test('fails for a container that takes back what the pod promised', () => {
  const found = pod((_, { securityContext }) => {
    Object.assign(securityContext, { runAsNonRoot: false, runAsUser: 0, privileged: true, seccompProfile: { type: 'Unconfined' } });
    securityContext.capabilities.add = ['SYS_ADMIN'];
  });

  expect(found).toEqual([
    `Deployment/web: ${CONTEXT}/runAsNonRoot is not true (container web)`,
    `Deployment/web: ${CONTEXT}/runAsUser is 0, not a user other than root (container web)`,
    `Deployment/web: ${CONTEXT}/seccompProfile is not RuntimeDefault (container web)`,
    `Deployment/web: ${CONTEXT}/capabilities/add adds SYS_ADMIN (container web)`,
    `Deployment/web: ${CONTEXT}/privileged is true (container web)`,
  ]);
});

test('fails for what belongs to the node', () => {
  const found = pod((spec, container) => {
    spec.hostNetwork = true;
    spec.hostPID = true;
    spec.volumes.push({ name: 'node', hostPath: { path: '/' } });
    container.ports[0].hostPort = 80;
  });

  expect(found).toEqual([
    'Deployment/web: /spec/template/spec/hostNetwork is true: the pod would share the network of its node',
    'Deployment/web: /spec/template/spec/hostPID is true: the pod would share the processes of its node',
    'Deployment/web: /spec/template/spec/volumes/1/hostPath is a volume of a type that the restricted standard forbids',
    'Deployment/web: /spec/template/spec/containers/0/ports has a hostPort: the container would take a port of the node (container web)',
  ]);
});

test('fails for an init container', () => {
  expect(pod((spec) => void Object.assign(spec, { initContainers: [{ name: 'wait' }] }))).toHaveLength(2);
});

test('accepts an exception at the pod template', () => {
  expect(
    problems('restricted-pods', ({ get }) => {
      const { template } = get('Deployment/web').spec;
      template.spec.hostNetwork = true;
      template.metadata.annotations = {
        'slipway.dev/exception.restricted-pods': 'platform: reads the counters of the network card (until 2027-01-31)',
      };
    }),
  ).toEqual([]);
});
