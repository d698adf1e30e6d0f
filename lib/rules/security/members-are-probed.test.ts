import { PROBES_FROM } from '../../kubernetes/mesh';
import { problems } from '../testing/problems';

const RULE = 'members-are-probed';

/** What is found where kubelet may reach a model on some ports, and asks in some way whether it is ready. */
const found = (ports: readonly unknown[], readinessProbe: object) =>
  problems(RULE, ({ get }) => {
    const [container] = get('Deployment/model').spec.template.spec.containers;
    Object.assign(container, { livenessProbe: { httpGet: { port: 'http' } }, startupProbe: undefined, readinessProbe });
    get('NetworkPolicy/model-from-kong').spec.ingress = [
      { from: [{ ipBlock: { cidr: PROBES_FROM } }], ports: ports.map((port) => ({ port })) },
    ];
  });

test('fails for a probe whose port kubelet may not reach, by number or by name', () => {
  const left = 'NetworkPolicy/model-from-kong: /spec/ingress/0/ports leaves out';

  expect(found([8080], { tcpSocket: { port: 9121 } })).toEqual([
    `${left} 9121, at which kubelet probes container model of Deployment/model`,
  ]);
  expect(found([9121], { tcpSocket: { port: 9121 } })).toEqual([
    `${left} 8080, at which kubelet probes container model of Deployment/model`,
  ]);
});

test('accepts probes whose ports are open, and those that run a command', () => {
  expect(found([8080, 9121], { tcpSocket: { port: 9121 } })).toEqual([]);
  expect(found([8080], { exec: { command: ['true'] } })).toEqual([]);
});

test('asks nothing of pods that are no members', () => {
  expect(problems(RULE)).toEqual([]);
});
