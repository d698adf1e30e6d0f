import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { MESH_MEMBER } from '../kubernetes/mesh';
import {
  type AddonNamespace,
  addonNamespaces,
  type OwnNamespace,
  type PodSecurity,
  PUBLISHING,
  publishingNamespaces,
} from '../kubernetes/namespaces';
import { keep } from '../kubernetes/sync-options';
import { ground } from '../kubernetes/sync-wave';
import type { Platform } from '../regions/platform';
import { ISTIO_INGRESS } from '../routing/istio-gateway';
import { EDGE } from '../routing/kong';
import { MEMBER_NAMESPACE } from '../security/mesh-member';

/** Namespaces of apps: pods keep the restricted standard, some publish routes, and one holds what the load balancer leads to. */
export function defineOwnNamespaces(scope: Construct, names: readonly OwnNamespace[], platform: Platform, meshed: boolean): void {
  for (const name of names) {
    const labels = {
      ...(publishingNamespaces.includes(name) ? PUBLISHING : {}),
      ...(name === EDGE ? balanced(platform) : {}),
      ...(meshed && name === MEMBER_NAMESPACE ? MESH_MEMBER : {}),
    };
    define(scope, name, { level: 'restricted' }, labels);
  }
}

/** Namespaces of the controllers that Argo CD installs from charts; those charts create none themselves. */
export function defineAddonNamespaces(scope: Construct, names: readonly AddonNamespace[], platform: Platform): void {
  for (const name of names) define(scope, name, addonNamespaces[name], name === ISTIO_INGRESS ? balanced(platform) : {});
}

/** What the load balancer wants of a namespace with pods that it leads to. */
const balanced = ({ loadBalancer }: Platform): Readonly<Record<string, string>> =>
  (loadBalancer.kind === 'cloud' ? loadBalancer.namespaceLabels : undefined) ?? {};

function define(scope: Construct, name: string, security: PodSecurity, labels: Readonly<Record<string, string>>): void {
  new k8s.KubeNamespace(scope, `namespace-${name}`, {
    metadata: {
      name,
      labels: { ...labels, ...podSecurity(security) },
      annotations: {
        ...ground,
        ...keep, // a namespace takes all that is in it along
        ...('because' in security ? { 'slipway.dev/pod-security-reason': security.because } : {}),
      },
    },
  });
}

function podSecurity({ level }: PodSecurity): Record<string, string> {
  const modes = ['enforce', 'audit', 'warn'].map((mode) => `pod-security.kubernetes.io/${mode}`);
  return Object.fromEntries(
    modes.flatMap((mode) => [
      [mode, level],
      [`${mode}-version`, 'latest'],
    ]),
  );
}
