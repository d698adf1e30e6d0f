import { targets as realTargets } from '../../environments';
import type { Target } from '../../environments/environment';
import type { Manifest } from '../../kubernetes/manifest';
import type { SynthesizedApp, SynthesizedTarget } from '../../kubernetes/synthesized';
import type { AddonImages } from '../addons/addons';

export const images: AddonImages = {
  kong: { repository: 'docker.io/library/kong', tag: '3.9.1', reference: 'docker.io/library/kong:3.9.1' },
};

export const repository = { url: 'https://git.example.com/ml/slipway.git', revision: 'main' };

/** One of the real targets, with other decisions where the test is about them. */
export function target(environment: string, region: string, decisions: Partial<Target> = {}): Target {
  const found = realTargets.find((one) => one.environment === environment && one.region.name === region);
  if (found === undefined) throw new Error(`Cannot find target "${environment}/${region}" as none has that name: name one that is there`);
  return { ...found, ...decisions };
}

/** An object of some kind. */
export function object(apiVersion: string, kind: string, name: string, rest: object = {}, namespace?: string): Manifest {
  return { apiVersion, kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) }, ...rest };
}

const foundation: SynthesizedApp = {
  name: 'foundation',
  namespace: 'kube-system',
  manifests: [
    object('v1', 'Namespace', 'llm'),
    object('storage.k8s.io/v1', 'StorageClass', 'data-block'),
    object('networking.k8s.io/v1', 'NetworkPolicy', 'default-deny', {}, 'llm'),
  ],
};

const litellm: SynthesizedApp = {
  name: 'litellm',
  namespace: 'litellm',
  manifests: [
    object('apps/v1', 'Deployment', 'litellm', {}, 'litellm'),
    object('autoscaling/v2', 'HorizontalPodAutoscaler', 'litellm', scales('litellm'), 'litellm'),
  ],
};

/** An app that holds a Canary of a workload. */
export const llm = (server: string): SynthesizedApp => ({
  name: 'llm',
  namespace: 'llm',
  manifests: [
    object('apps/v1', 'Deployment', server, {}, 'llm'),
    object(
      'flagger.app/v1beta1',
      'Canary',
      server,
      { spec: { targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: server } } },
      'llm',
    ),
  ],
});

function scales(name: string): object {
  return { spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name } } };
}

/** A made-up synthesis of a target: one app of each class. */
export const synthesized = ({ environment, region }: Target, server = 'llm-service'): SynthesizedTarget => ({
  environment,
  region: region.name,
  apps: [foundation, litellm, llm(server)],
});
