import type { ServiceContainer } from '../workloads/service-container';
import type { SizeName } from '../workloads/sizes';

/** Port of the pages. */
export const FRONTEND_PORT = 80;

/** `nginx`, as whom its image runs what it does not run as root. */
const USER = 101;

/** What serves the pages, which are files; whatever they ask for, browsers ask of the backend under the same host. */
export function frontendContainer(image: string, size: SizeName): ServiceContainer {
  return { image, env: {}, scratch: { '/var/cache/nginx': '64Mi', '/run': '1Mi', '/tmp': '64Mi' }, user: USER, size };
}
