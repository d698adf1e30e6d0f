/** Whether members of the mesh must speak mutual TLS with each other, or may. */
export type MeshMode = 'strict' | 'permissive';

/** Label of a namespace or of pods that are members. */
export const MESH_MEMBER = { 'istio.io/dataplane-mode': 'ambient' } as const;

/** Port of a member's pods at which other members arrive, whichever port they ask for. */
export const MESH_PORT = 15008;

/** Whom members see instead of kubelet when it probes them: Istio's own choice, the same on every node. */
export const PROBES_FROM = '169.254.7.127/32';
