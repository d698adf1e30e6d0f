import { problems } from '../testing/problems';
import type { Draft, Drafts } from '../testing/sample-target';

const RULE = 'recommendations-fit';

const vertical = (name: string, namespace: string, change: (spec: Draft) => void = () => {}): Draft => {
  const policy = {
    ...{ containerName: name.replace(/-primary$/, ''), controlledResources: ['cpu', 'memory'] },
    ...{ minAllowed: { cpu: '1', memory: '1Gi' }, maxAllowed: { cpu: '4', memory: '8Gi' } },
  };
  const spec = {
    targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
    updatePolicy: { updateMode: 'Off' },
    resourcePolicy: { containerPolicies: [policy] },
  };
  change(spec);
  return { apiVersion: 'autoscaling.k8s.io/v1', kind: 'VerticalPodAutoscaler', metadata: { name: `${name}-vpa`, namespace }, spec };
};

/** Has two containers watched that request two CPUs and four GiB: one of a service, one that Flagger releases. */
const watched = (change: (web: Draft, model: Draft) => void) =>
  problems(RULE, ({ get, add }: Drafts) => {
    for (const name of ['web', 'model']) {
      const [container] = get(`Deployment/${name}`).spec.template.spec.containers;
      container.name = name;
      container.resources = { requests: { cpu: '2', memory: '4Gi' } };
    }
    const both = [vertical('web', 'app'), vertical('model-primary', 'llm')];
    change(both[0].spec, both[1].spec);
    add(...both);
  });

test('accepts who watches a Deployment, and the primary of a released one', () => {
  expect(watched(() => {})).toEqual([]);
});

test.each(['Initial', 'Off'])('accepts mode %s, in which no pod that runs is touched', (mode) => {
  expect(watched((web) => Object.assign(web.updatePolicy, { updateMode: mode }))).toEqual([]);
});

test.each(['Auto', 'Recreate', 'InPlaceOrRecreate', 'InPlace'])('fails for mode %s', (mode) => {
  expect(watched((web) => Object.assign(web.updatePolicy, { updateMode: mode }))).toEqual([
    `VerticalPodAutoscaler/web-vpa: /spec/updatePolicy/updateMode is "${mode}": pods that run are resized (there: Initial, Off)`,
  ]);
});

test('fails where the mode is left to the default, which evicts', () => {
  expect(watched((web) => delete web.updatePolicy)).toEqual([
    'VerticalPodAutoscaler/web-vpa: /spec/updatePolicy/updateMode is missing, and so Recreate: pods that run are resized (there: Initial, Off)',
  ]);
});

test('fails for the Deployment that Flagger scales to zero', () => {
  expect(watched((_, model) => Object.assign(model.targetRef, { name: 'model' }))).toEqual([
    'VerticalPodAutoscaler/model-primary-vpa: /spec/targetRef/name is "model", which Flagger scales to zero between releases: ' +
      'the pods to learn from are those of "model-primary"',
  ]);
});

test('fails for two that watch the same pods', () => {
  expect(
    problems(RULE, ({ get, add }) => {
      const [container] = get('Deployment/web').spec.template.spec.containers;
      Object.assign(container, { name: 'web', resources: {} });
      const twin = vertical('web', 'app');
      twin.metadata.name = 'twin';
      add(vertical('web', 'app'), twin);
    }),
  ).toEqual(['VerticalPodAutoscaler/twin: /spec/targetRef/name is "web", which web-vpa watches as well']);
});

test('fails for bounds the wrong way round', () => {
  expect(
    watched((_, model) => {
      model.resourcePolicy.containerPolicies[0].minAllowed.memory = '16Gi';
    }),
  ).toEqual([
    'VerticalPodAutoscaler/model-primary-vpa: /spec/resourcePolicy/containerPolicies/0/minAllowed/memory is 16Gi, more than the 8Gi of maxAllowed',
  ]);
});

test('fails for bounds that what is requested lies outside of', () => {
  expect(
    watched((web, model) => {
      web.resourcePolicy.containerPolicies[0].minAllowed.cpu = '2500m';
      model.resourcePolicy.containerPolicies[0].maxAllowed.memory = '2Gi';
    }),
  ).toEqual([
    'VerticalPodAutoscaler/web-vpa: /spec/resourcePolicy/containerPolicies/0/minAllowed/cpu is 2500m, more than the 2 that web requests',
    'VerticalPodAutoscaler/model-primary-vpa: /spec/resourcePolicy/containerPolicies/0/maxAllowed/memory is 2Gi, less than the 4Gi that model requests',
  ]);
});

test('fails for a container that its pods do not run, and accepts bounds for all of them', () => {
  expect(
    watched((web, model) => {
      web.resourcePolicy.containerPolicies[0].containerName = 'wbe';
      model.resourcePolicy.containerPolicies[0].containerName = '*';
    }),
  ).toEqual([
    'VerticalPodAutoscaler/web-vpa: /spec/resourcePolicy/containerPolicies/0/containerName is "wbe", which its pods do not run (there: web)',
  ]);
});

test('fails for bounds of what is never recommended', () => {
  expect(
    watched((_, model) => {
      model.resourcePolicy.containerPolicies[0].maxAllowed['nvidia.com/gpu'] = '2';
    }),
  ).toEqual([
    'VerticalPodAutoscaler/model-primary-vpa: /spec/resourcePolicy/containerPolicies/0/maxAllowed has nvidia.com/gpu, of which nothing is recommended (there: cpu, memory)',
  ]);
});
