import { follow, path } from '../fields';
import { type AddonRelease, VALUES } from './addon-releases';

/** Charts and repositories that bring the kinds of a group; other groups belong to clusters or to nobody we know. */
export const BROUGHT_BY: Readonly<Record<string, readonly string[]>> = {
  'acme.cert-manager.io': ['cert-manager'],
  'autoscaling.k8s.io': ['vertical-pod-autoscaler', 'vpa'],
  'cert-manager.io': ['cert-manager'],
  'configuration.konghq.com': ['kong'],
  'external-secrets.io': ['external-secrets'],
  'flagger.app': ['flagger'],
  'gateway.networking.k8s.io': ['https://github.com/kubernetes-sigs/gateway-api'],
  'metallb.io': ['metallb'],
  'monitoring.coreos.com': ['prometheus-operator-crds', 'kube-prometheus-stack'],
  'networking.internal.knative.dev': ['knative-operator'],
  'networking.istio.io': ['base'],
  'operator.knative.dev': ['knative-operator'],
  'policies.kyverno.io': ['kyverno'],
  'postgresql.cnpg.io': ['cloudnative-pg'],
  'security.istio.io': ['base'],
  'serving.kserve.io': ['kserve-crd'],
  'serving.knative.dev': ['knative-operator'],
  'velero.io': ['velero'],
};

/** Where charts are told whether to bring the definitions of their kinds: the fields, and what they are when nothing is said. */
const SWITCHES: Readonly<Record<string, readonly (readonly [field: string, otherwise: boolean])[]>> = {
  'cert-manager': [
    ['/crds/enabled', false],
    ['/installCRDs', false],
  ],
  'external-secrets': [['/installCRDs', true]],
  flagger: [['/crd/create', true]],
  'cloudnative-pg': [['/crds/create', true]],
  'kube-prometheus-stack': [['/crds/enabled', true]],
  metallb: [['/crds/enabled', true]],
};

/** Groups whose kinds a chart is for. */
export const groupsOf = (chart: string): readonly string[] => Object.keys(BROUGHT_BY).filter((group) => BROUGHT_BY[group]?.includes(chart));

/** Where a release is told to leave the folder of definitions out. */
export const SKIPPED = '/spec/source/helm/skipCrds';

/** The field by which a chart can be told to leave its definitions to another one. */
export const switchOf = (chart: string): string | undefined => SWITCHES[chart]?.map(([field]) => `${VALUES}${field}`)[0];

/** The field by which a chart was told not to bring its definitions; nothing if it brings them. */
export function switchedOff({ chart, values, skipsDefinitions }: AddonRelease): string | undefined {
  if (skipsDefinitions) return SKIPPED;
  const on = SWITCHES[chart]?.some(([field, otherwise]) => (follow(values, path(field))[0]?.value ?? otherwise) === true);
  return on === false ? switchOf(chart) : undefined;
}
