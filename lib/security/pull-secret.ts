import type { Platform } from '../regions/platform';

/** The Secret with the registry's credentials, in every namespace of ours on a platform whose nodes have no identity of their own. */
export const PULL_SECRET = 'acr-secret';

/** What service accounts name so that their pods' images can be pulled. */
export const pullSecrets = ({ registryAccess }: Platform): readonly string[] => (registryAccess === 'pull-secret' ? [PULL_SECRET] : []);
