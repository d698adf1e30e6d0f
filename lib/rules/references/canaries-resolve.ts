import { follow, path, record } from '../fields';
import type { Rule } from '../rule';
import { missing } from './named-objects';

const PROVIDER = 'AlertProvider.flagger.app';
const TEMPLATE = 'MetricTemplate.flagger.app';
const NAMED = [
  { path: path('/spec/analysis/metrics/*/templateRef'), kind: TEMPLATE },
  { path: path('/spec/analysis/alerts/*/providerRef'), kind: PROVIDER },
];
const SCALERS: Readonly<Record<string, string>> = {
  HorizontalPodAutoscaler: 'HorizontalPodAutoscaler.autoscaling',
  ScaledObject: 'ScaledObject.keda.sh',
};

export const canariesResolve: Rule = {
  id: 'canaries-resolve',
  title: 'Every Canary finds its Deployment, its autoscaler, its metric templates and its alert providers.',
  why: 'Flagger never starts a release without its Deployment or its autoscaler, and counts a metric without its template as failed at every check.',
  fix: 'Let AnalysedRelease of lib/delivery/analysed-release.ts define what the Canary names, in the same namespace and app.',
  *check(target) {
    const targets = new Map<string, string>();
    for (const { canary: object, namespace, target: name, autoscaler } of target.releases) {
      const kind = object.spec?.targetRef?.kind;
      const deployment = target.find('Deployment.apps', namespace, name);
      if (kind !== 'Deployment') {
        yield { object, field: '/spec/targetRef/kind', message: `is "${kind}": the platform releases Deployments only` };
      } else if (deployment === undefined) {
        yield { object, field: '/spec/targetRef/name', message: missing(target, 'Deployment.apps', namespace, name) };
      } else if (target.app(deployment) !== target.app(object)) {
        const message = `names Deployment "${name}" of app ${target.app(deployment)}: both belong into one app, which one sync brings up to date`;
        yield { object, field: '/spec/targetRef/name', message };
      }
      const other = targets.get(`${namespace}/${name}`);
      if (other !== undefined) {
        yield { object, field: '/spec/targetRef/name', message: `names Deployment "${name}", which Canary/${other} releases already` };
      }
      targets.set(`${namespace}/${name}`, object.metadata.name);

      const scaler = SCALERS[object.spec?.autoscalerRef?.kind];
      if (autoscaler === undefined || scaler === undefined) {
        const message = 'is missing: without an autoscaler Flagger gives the primary as many replicas as the canary has';
        yield { object, field: '/spec/autoscalerRef', message };
      } else if (target.find(scaler, namespace, autoscaler) === undefined) {
        yield { object, field: '/spec/autoscalerRef/name', message: missing(target, scaler, namespace, autoscaler) };
      } else {
        const scaled = target.find(scaler, namespace, autoscaler)?.spec?.scaleTargetRef?.name;
        if (deployment !== undefined && scaled !== name)
          yield { object, field: '/spec/autoscalerRef/name', message: `names "${autoscaler}", which scales "${scaled}"` };
      }
      const { minReplicas, maxReplicas } = record(object.spec?.autoscalerRef?.primaryScalerReplicas);
      if (minReplicas > maxReplicas) {
        const message = `has a minimum of ${minReplicas} above its maximum of ${maxReplicas}`;
        yield { object, field: '/spec/autoscalerRef/primaryScalerReplicas', message };
      }
      for (const { path, kind: named } of NAMED) {
        for (const { field, value } of follow(object, path)) {
          const where = value.namespace ?? namespace;
          if (!target.exists(named, where, value.name))
            yield { object, field: `${field}/name`, message: missing(target, named, where, value.name) };
        }
      }
    }
  },
};
