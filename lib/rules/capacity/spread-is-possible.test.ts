import { problems } from '../testing/problems';

const ZONE = 'topology.kubernetes.io/zone';
const SPEC = 'Deployment/web: /spec/template/spec';

const spread = (constraint: object) =>
  problems('spread-is-possible', ({ get }) => {
    get('Deployment/web').spec.template.spec.topologySpreadConstraints = [{ maxSkew: 1, ...constraint }];
  });

test('accepts a spread over zones, nodes and pools', () => {
  expect(spread({ topologyKey: ZONE, whenUnsatisfiable: 'DoNotSchedule', minDomains: 3 })).toEqual([]);
  expect(spread({ topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway' })).toEqual([]);
  expect(spread({ topologyKey: 'node-type' })).toEqual([]);
});

test('fails for more zones than the region has', () => {
  expect(spread({ topologyKey: ZONE, minDomains: 4 })).toEqual([
    `${SPEC}/topologySpreadConstraints/0/minDomains is 4, but the region has 3 of ${ZONE}`,
  ]);
});

test('fails for a label that no node carries', () => {
  expect(spread({ topologyKey: 'topology.kubernetes.io/zones' })).toEqual([
    `${SPEC}/topologySpreadConstraints/0/topologyKey is "topology.kubernetes.io/zones", a label that no node carries: the pods would stay Pending`,
  ]);
});

test('fails for pods that must stand apart and outnumber the places', () => {
  expect(
    problems('spread-is-possible', ({ get }) => {
      get('Deployment/web').spec.template.spec.affinity = {
        podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: ZONE }] },
      };
    }),
  ).toEqual([
    `${SPEC}/affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/0/topologyKey keeps 5 pods (4 at most + 1 during a rollout) apart by ${ZONE}, of which the region has 3`,
  ]);
});

test('fails for database instances that must stand in more zones than there are', () => {
  const apart = { podAntiAffinityType: 'required', topologyKey: ZONE };
  const instances = (count: number) =>
    problems('spread-is-possible', ({ get }) => void Object.assign(get('Cluster/database').spec, { instances: count, affinity: apart }));

  expect(instances(3)).toEqual([]);
  expect(instances(4)).toEqual([
    `Cluster/database: /spec/affinity/topologyKey keeps 4 pods (4 instances) apart by ${ZONE}, of which the region has 3`,
  ]);
});
