import { fleetProblems } from '../testing/fleet-problems';

const RULE = 'projects-permit-objects';

test('fails for a kind that the project does not list, once for each region', () => {
  const found = fleetProblems(RULE, ({ get }) => {
    const { spec } = get('AppProject/inference-prod');
    spec.namespaceResourceWhitelist = spec.namespaceResourceWhitelist.filter(({ kind }: { kind: string }) => kind !== 'Canary');
  });

  expect(found).toEqual(Array(2).fill('Canary/model: /kind is flagger.app/Canary, which AppProject/inference-prod does not permit'));
});

test('fails for a kind that the project denies', () => {
  expect(
    fleetProblems(RULE, ({ get }) => {
      get('AppProject/inference-prod').spec.namespaceResourceBlacklist = [{ group: 'flagger.app', kind: 'Canary' }];
    }),
  ).toHaveLength(2);
});

test('fails for a cluster-scoped object whose name the project does not list', () => {
  expect(
    fleetProblems(
      RULE,
      ({ app }) => void app('foundation').push({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'kube-public' } }),
    ),
  ).toEqual([
    'Namespace/kube-public: /kind is Namespace "kube-public" outside of namespaces, which AppProject/foundation-prod does not permit',
  ]);
});

test('fails for a namespace that the project does not list', () => {
  expect(
    fleetProblems(RULE, ({ app }) => {
      app('app')[0].metadata.namespace = 'payments';
    }),
  ).toEqual([expect.stringMatching(/: \/metadata\/namespace is payments of prod-us-west-2, which AppProject\/apps-prod does not permit$/)]);
});

test('fails for a namespace that Argo CD is to make, unless the project lists it', () => {
  const create = (permitted: object[]) =>
    fleetProblems(RULE, ({ get }) => {
      get('ApplicationSet/inference-prod').spec.template.spec.syncPolicy.syncOptions.push('CreateNamespace=true');
      get('AppProject/inference-prod').spec.clusterResourceWhitelist = permitted;
    });

  expect(create([])).toEqual([
    'AppProject/inference-prod: /spec/clusterResourceWhitelist does not permit Namespace "llm", which CreateNamespace=true makes',
  ]);
  expect(create([{ group: '', kind: 'Namespace', name: 'l*m' }])).toEqual([]);
});

test('fails for a kind of argocd/ that the project of the root does not list', () => {
  expect(
    fleetProblems(RULE, ({ get }) => {
      const { spec } = get('AppProject/argocd-bootstrap');
      spec.namespaceResourceWhitelist = spec.namespaceResourceWhitelist.filter(({ kind }: { kind: string }) => kind !== 'ApplicationSet');
    }),
  ).toEqual([
    'AppProject/argocd-bootstrap: /spec/namespaceResourceWhitelist permits no argoproj.io/ApplicationSet, which Application/root delivers',
  ]);
});
