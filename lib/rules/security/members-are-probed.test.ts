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

describe('a member that no policy opens to the address of kubelet as it is written', () => {
  const member = (cidr: string | undefined) =>
    problems(RULE, ({ get }) => {
      get('Namespace/llm').metadata.labels['istio.io/dataplane-mode'] = 'ambient';
      if (cidr === undefined) return;
      get('NetworkPolicy/model-from-kong').spec.ingress.push({ from: [{ ipBlock: { cidr } }], ports: [{ port: 8080 }] });
    });

  test('may be probed where a wider one is', () => {
    expect(member('169.254.7.0/24')).toEqual([]);
  });

  test.each([undefined, '169.254.8.0/24'])('fails where %s is', (cidr) => {
    expect(member(cidr)).toEqual([
      expect.stringMatching(
        /^Deployment\/model: .*Probe asks at 8080, and no NetworkPolicy lets kubelet in, which comes from 169.254.7.127 in the mesh$/,
      ),
    ]);
  });

  test('fails for a model, whose containers are those of its runtime', () => {
    const found = problems(RULE, ({ get, add }) => {
      get('Namespace/app').metadata.labels['istio.io/dataplane-mode'] = 'ambient';
      get('NetworkPolicy/web-from-kong').spec.ingress.push({ from: [{ ipBlock: { cidr: PROBES_FROM } }], ports: [{ port: 8080 }] });
      add(
        {
          ...{ apiVersion: 'serving.kserve.io/v1beta1', kind: 'InferenceService', metadata: { name: 'iris', namespace: 'app' } },
          spec: { predictor: { labels: { 'app.kubernetes.io/name': 'iris' }, model: { runtime: 'sklearn' } } },
        },
        {
          ...{ apiVersion: 'serving.kserve.io/v1alpha1', kind: 'ServingRuntime', metadata: { name: 'sklearn', namespace: 'app' } },
          spec: { containers: [{ name: 'kserve-container', readinessProbe: { httpGet: { port: 8081 } } }] },
        },
      );
    });

    expect(found).toEqual([
      'InferenceService/iris: /spec/predictor/model/runtime asks at 8081, and no NetworkPolicy lets kubelet in, which comes from 169.254.7.127 in the mesh',
    ]);
  });
});
