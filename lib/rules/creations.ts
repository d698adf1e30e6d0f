import type { Manifest } from '../kubernetes/manifest';
import { primary, type Release } from './canary';
import { configMapsOf } from './config-maps';
import { key } from './object-key';
import type { TargetIndex } from './target-index';

const ROUTES: Readonly<Record<string, readonly string[]>> = {
  'gatewayapi:v1': ['HTTPRoute.gateway.networking.k8s.io'],
  'gatewayapi:v1beta1': ['HTTPRoute.gateway.networking.k8s.io'],
  istio: ['VirtualService.networking.istio.io'],
};

/** Every object that Flagger makes and keeps, with the Canary that it makes it from. */
export function creations(target: TargetIndex): ReadonlyMap<string, Manifest> {
  const created = new Map<string, Manifest>();
  for (const release of target.releases) {
    for (const [kind, name] of objectsOf(release, target)) created.set(key(kind, release.namespace, name), release.canary);
  }
  return created;
}

function* objectsOf(
  { target: name, apex, provider, autoscaler, canary, workload }: Release,
  target: TargetIndex,
): Iterable<[string, string]> {
  for (const service of [apex, primary(apex), `${apex}-canary`]) {
    yield ['Service', service];
    if (provider === 'istio') yield ['DestinationRule.networking.istio.io', service];
  }
  yield ['Deployment.apps', primary(name)];
  for (const route of ROUTES[provider] ?? []) yield [route, apex];

  const ingress = canary.spec?.ingressRef?.name;
  if (provider === 'nginx' && typeof ingress === 'string') yield ['Ingress.networking.k8s.io', `${ingress}-canary`];

  if (autoscaler !== undefined) {
    const kind = canary.spec.autoscalerRef.kind === 'ScaledObject' ? 'ScaledObject.keda.sh' : 'HorizontalPodAutoscaler.autoscaling';
    yield [kind, primary(autoscaler)];
  }
  for (const configMap of workload === undefined ? [] : configMapsOf(workload)) {
    const object = target.find('ConfigMap', workload?.namespace ?? '', configMap.name);
    const tracking = { ...object?.metadata.labels, ...object?.metadata.annotations }['flagger.app/config-tracking'];
    if (object !== undefined && tracking !== 'disabled') yield ['ConfigMap', primary(configMap.name)];
  }
}
