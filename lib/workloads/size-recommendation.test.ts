import { App } from 'cdk8s';

import { AppChart } from '../kubernetes/app-chart';
import { find } from '../testing/manifests';
import { SizeRecommendation, type SizeRecommendationProps } from './size-recommendation';

const bounds = { least: { cpu: '1', memory: '2Gi' }, most: { cpu: '4', memory: '8Gi' } };

function recommendation(props: Partial<SizeRecommendationProps> = {}) {
  const chart = new AppChart(new App(), 'app', 'codelab');
  new SizeRecommendation(chart, 'web', { bounds, ...props });
  return find(chart.synthesize().manifests, 'VerticalPodAutoscaler', 'web-vpa');
}

test('recommends requests of the one container within bounds, and never touches a pod that runs', () => {
  expect(recommendation().spec).toEqual({
    targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    updatePolicy: { updateMode: 'Initial' },
    resourcePolicy: {
      containerPolicies: [
        {
          containerName: 'web',
          controlledResources: ['cpu', 'memory'],
          controlledValues: 'RequestsOnly',
          minAllowed: { cpu: '1', memory: '2Gi' },
          maxAllowed: { cpu: '4', memory: '8Gi' },
        },
      ],
    },
  });
});

test('watches another Deployment where that one has the pods', () => {
  expect(recommendation({ deployment: 'web-primary' }).spec.targetRef.name).toBe('web-primary');
});

test('waits for the addon that brings its kind', () => {
  expect(recommendation().metadata.annotations).toEqual({ 'argocd.argoproj.io/sync-options': 'SkipDryRunOnMissingResource=true' });
});
