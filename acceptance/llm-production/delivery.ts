import type { Checks } from '../acceptance';
import { allIn, argocd, dist, exists } from '../read';
import { container } from '../workloads';
import { apiTargets } from './regions';

const sets = () => allIn('argocd/prod', 'ApplicationSet');
const inference = () => argocd('prod/ApplicationSet.inference-prod').spec;
const automated = { prune: true, selfHeal: true, allowEmpty: false };

/** What Argo CD is told. */
export const delivery: Checks = {
  114: () => {
    for (const { metadata, spec } of sets()) {
      expect(metadata.namespace).toBe('argocd');
      expect(spec.syncPolicy).toEqual({ applicationsSync: 'create-update', preserveResourcesOnDeletion: true });
      expect(spec.template.metadata.finalizers).toBeUndefined();
    }
  },

  115: () => {
    for (const name of ['apps', 'inference', 'foundation', 'addons']) {
      const { sourceRepos, destinations } = argocd(`prod/AppProject.${name}-prod`).spec;

      expect(sourceRepos).not.toContain('*');
      expect(destinations.length).toBeGreaterThan(0);
      expect(
        destinations.filter(
          (to: { name: string; namespace: string }) => !to.name.startsWith('prod-') || ['*', 'argocd'].includes(to.namespace),
        ),
      ).toEqual([]);
    }
    expect(argocd('prod/AppProject.inference-prod').spec.clusterResourceWhitelist).toEqual([]);
    expect(argocd('prod/AppProject.inference-prod').spec.namespaceResourceWhitelist).toContainEqual({
      group: 'flagger.app',
      kind: 'Canary',
    });
  },

  116: () => {
    expect(inference().template.spec.source).toMatchObject({
      path: 'dist/{{.environment}}/{{.region}}/{{.app}}',
      directory: { recurse: true },
    });
    for (const { environment, region, app } of inference().generators[0].list.elements)
      expect(exists(`dist/${environment}/${region}/${app}`)).toBe(true);
  },

  117: () => {
    expect(allIn('argocd').filter((object) => JSON.stringify(object).includes('ARGOCD_APP_REVISION'))).toEqual([]);
    for (const target of apiTargets) expect(container(dist(`${target}/llm/Deployment.llm-service`)).image).toMatch(/:v0\.\d+\.\d+@sha256:/);
  },

  118: () => expect(inference().template.spec.syncPolicy.automated).toEqual(automated),

  119: () => {
    for (const { spec } of sets()) {
      const { syncOptions } = spec.template.spec.syncPolicy;

      expect(syncOptions).toContain('PrunePropagationPolicy=foreground');
      expect(syncOptions.filter((option: string) => option.startsWith('CreateNamespace'))).toEqual([]);
    }
    expect(argocd('prod/ApplicationSet.apps-prod').spec.template.spec.syncPolicy.syncOptions).toContain('PruneLast=true');
    expect(argocd('prod/ApplicationSet.foundation-prod').spec.template.spec.syncPolicy.syncOptions).toContain('PruneLast=true');
    for (const target of apiTargets) expect(dist(`${target}/foundation/Namespace.llm`).kind).toBe('Namespace');
  },

  120: () => {
    for (const { spec } of sets())
      expect(spec.template.spec.syncPolicy.retry).toMatchObject({ limit: 5, backoff: { duration: '5s', factor: 2, maxDuration: '3m' } });
  },

  121: () => {
    for (const { spec } of sets()) expect(spec.template.spec.revisionHistoryLimit).toBe(10);
  },

  122: () => {
    const regionsOf = inference().generators[0].list.elements.map(({ region }: { region: string }) => region);
    const least = apiTargets.map((target) => dist(`${target}/llm/Canary.llm-service`).spec.autoscalerRef.primaryScalerReplicas.minReplicas);

    expect(regionsOf.slice(0, 3)).toEqual(['us-west-2', 'eu-west-1', 'us-east-1']);
    expect(inference()).toMatchObject({ goTemplate: true, goTemplateOptions: ['missingkey=error'] });
    expect(least).toEqual([4, 4, 6]);
  },

  123: () => {
    for (const { spec } of sets()) expect(spec.template.metadata.name).toBe('{{.app}}-{{.environment}}-{{.region}}');
  },

  124: () => {
    for (const { spec } of sets()) {
      expect(spec.template.spec.source.helm).toBeUndefined();
      expect(spec.generators[0].list.elements.flatMap((element: object) => Object.keys(element))).not.toContain('replicas');
    }
    expect(dist('prod/us-east-1/edge/Gateway.public').spec.listeners[2].hostname).toBe('us-east-1.api.llm-production.com');
    expect(dist('prod/us-west-2/edge/Gateway.public').spec.listeners[2].hostname).toBe('us-west-2.api.llm-production.com');
  },

  125: () => {
    const applications = [...sets().map(({ spec }) => spec.template.spec), ...allIn('argocd/prod', 'Application').map(({ spec }) => spec)];

    expect(applications.length).toBeGreaterThan(20);
    for (const { syncPolicy } of applications) expect(syncPolicy.automated).toEqual(automated);
  },

  126: () => {
    for (const { spec } of sets()) expect(spec.template.spec.destination).toEqual({ name: '{{.cluster}}', namespace: '{{.namespace}}' });
    expect(inference().generators[0].list.elements[0]).toMatchObject({ cluster: 'prod-us-west-2', namespace: 'llm' });
  },
};
