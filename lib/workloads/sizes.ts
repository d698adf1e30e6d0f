import { k8s } from 'cdk8s-plus-27';

/** Requests and limits of a service that runs on processors. */
export interface Size {
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: { readonly cpu: string; readonly memory: string };
}

/** The two size classes: `high` is what production is sized for, `low` keeps an environment that few people use cheap. */
export const sizes = {
  low: { requests: { cpu: '100m', memory: '512Mi' }, limits: { cpu: '1000m', memory: '2Gi' } },
  high: { requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: '2000m', memory: '4Gi' } },
} as const satisfies Record<string, Size>;

export type SizeName = keyof typeof sizes;

/** A size as a container states it. */
export const resourcesOf = ({ requests, limits }: Size): k8s.ResourceRequirements => ({
  requests: { cpu: k8s.Quantity.fromString(requests.cpu), memory: k8s.Quantity.fromString(requests.memory) },
  limits: { cpu: k8s.Quantity.fromString(limits.cpu), memory: k8s.Quantity.fromString(limits.memory) },
});
