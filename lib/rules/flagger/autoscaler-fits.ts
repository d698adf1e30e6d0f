import { record, records } from '../fields';
import type { Rule } from '../rule';
import { bounds, scalerOf } from './scaler-of';

const VERSIONS: Readonly<Record<string, string>> = { HorizontalPodAutoscaler: 'autoscaling/v2', ScaledObject: 'keda.sh/v1alpha1' };

export const autoscalerFits: Rule = {
  id: 'autoscaler-fits',
  title: 'A Canary says how many pods the primary has, and its own autoscaler allows no more than that.',
  why: 'Flagger copies the autoscaler of the target for the primary: without primaryScalerReplicas the primary shrinks to the size of a canary, and a canary larger than the primary takes GPUs that no plan counts.',
  fix: 'Set autoscalerRef.primaryScalerReplicas to the replicas that serve users, and the autoscaler of the target to those of a canary; both come from replicas and canaryReplicas in lib/environments/.',
  *check(target) {
    for (const release of target.releases) {
      const object = release.canary;
      const { targetRef, autoscalerRef } = record(object.spec);
      if (targetRef?.apiVersion !== 'apps/v1') {
        yield { object, field: '/spec/targetRef/apiVersion', message: `is ${shown(targetRef?.apiVersion)}, not "apps/v1"` };
      }
      const { apiVersion, kind, primaryScalerReplicas, primaryScalerQueries } = record(autoscalerRef);
      const scaler = scalerOf(release, target);
      if (scaler === undefined) continue; // canaries-resolve tells

      const version = VERSIONS[kind];
      if (apiVersion !== version)
        yield { object, field: '/spec/autoscalerRef/apiVersion', message: `is ${shown(apiVersion)}, not "${version}"` };
      if (scaler.apiVersion !== version) {
        yield { object: scaler, field: '/apiVersion', message: `is "${scaler.apiVersion}", but Flagger copies "${version}" only` };
      }
      const field = '/spec/autoscalerRef/primaryScalerReplicas';
      const { minReplicas, maxReplicas } = record(primaryScalerReplicas);
      if (!(minReplicas >= 1) || !(maxReplicas >= 1)) {
        yield { object, field, message: 'lacks minReplicas or maxReplicas: the primary would get those of the canary' };
        continue;
      }
      const own = bounds(scaler);
      for (const [bound, value, primary] of [
        ['minReplicas', own.min, minReplicas],
        ['maxReplicas', own.max, maxReplicas],
      ]) {
        if (value > primary)
          yield { object: scaler, field: `/spec/${bound}`, message: `is ${value}, more than the ${primary} of the primary` };
      }
      if (primaryScalerQueries === undefined) continue;
      for (const [i, { name }] of records(scaler.spec?.triggers).entries()) {
        if (typeof name === 'string' && name in record(primaryScalerQueries)) continue;
        const message = `is ${shown(name)}, for which primaryScalerQueries has no query`;
        yield { object: scaler, field: `/spec/triggers/${i}/name`, message };
      }
    }
  },
};

const shown = (value: unknown): string => (value === undefined ? 'missing' : JSON.stringify(value));
