/** Namespaces of our apps. Their pods keep the `restricted` Pod Security Standard, and their network denies what no policy allows. */
export const ownNamespaces = ['codelab', 'edge', 'gpt', 'kiva', 'litellm', 'llm', 'ml', 'monitoring'] as const;

export type OwnNamespace = (typeof ownNamespaces)[number];

/** Those whose routes the public gateway admits. LLM engines are not among them: they know no clients, and LiteLLM asks for a key. */
export const publishingNamespaces: readonly OwnNamespace[] = ['codelab', 'edge', 'gpt', 'kiva', 'litellm', 'ml', 'monitoring'];

/** Label by which the public gateway knows them. */
export const PUBLISHING = { 'slipway.dev/publishes': 'true' } as const;

/** The Pod Security Standard that a namespace enforces. Whatever is less than `restricted` has a reason. */
export type PodSecurity = { readonly level: 'restricted' } | { readonly level: 'baseline' | 'privileged'; readonly because: string };

/** Namespaces of the controllers that Argo CD installs from their charts. */
export const addonNamespaces = {
  'cert-manager': { level: 'restricted' },
  'cnpg-system': { level: 'restricted' },
  'external-dns': { level: 'restricted' },
  'external-secrets': { level: 'restricted' },
  'flagger-system': { level: 'baseline', because: "Flagger's chart sets no seccomp profile and drops no capabilities" },
  'gpu-operator': { level: 'privileged', because: 'the operator installs drivers and the container runtime of the nodes' },
  'istio-ingress': { level: 'restricted' },
  'istio-system': { level: 'privileged', because: 'on each node, Istio leads the traffic of other pods through its proxy' },
  'knative-serving': { level: 'baseline', because: "Knative's gateway sets no seccomp profile" },
  kserve: { level: 'restricted' },
  kyverno: { level: 'restricted' },
  'metallb-system': { level: 'privileged', because: 'the speakers answer ARP requests on the network of the node' },
  'monitoring-system': { level: 'privileged', because: 'node-exporter reads the file systems and processes of the node' },
  velero: { level: 'privileged', because: 'the node agent reads the volumes of pods from the file system of the node' },
  'vertical-pod-autoscaler': { level: 'restricted' },
} as const satisfies Record<string, PodSecurity>;

export type AddonNamespace = keyof typeof addonNamespaces;
