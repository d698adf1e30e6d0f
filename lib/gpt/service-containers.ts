import type { SecretKey } from '../kubernetes/secret-key';
import type { ServiceContainer } from '../workloads/service-container';
import type { SizeName } from '../workloads/sizes';

/** Ports of the services. */
export const gptPorts = { 'auth-service': 8002, 'chat-service': 8003, 'admin-service': 8004 } as const;

export type GptService = keyof typeof gptPorts;

/** Properties for `gptContainer`. */
export interface GptContainerProps {
  readonly service: GptService;
  readonly image: string;
  readonly size: SizeName;

  /** Environment of the service: a value, or where a Secret holds it. */
  readonly env: Readonly<Record<string, string | SecretKey>>;
}

/** A user without a name: the images are Python on Alpine, and run as root unless they are told otherwise. */
const USER = 1000;

/** One of the services: FastAPI, served by one process of Uvicorn. Logs go to its output, where the cluster collects them. */
export function gptContainer({ service, image, size, env }: GptContainerProps): ServiceContainer {
  return {
    image,
    command: ['uvicorn', 'app.main:app', '--host', '0.0.0.0', '--port', `${gptPorts[service]}`],
    env: {
      HOME: '/tmp',
      // Lines reach the log as they are written; compiled modules cannot be kept in a read-only image.
      PYTHONUNBUFFERED: '1',
      PYTHONDONTWRITEBYTECODE: '1',
      ...env,
    },
    scratch: { '/tmp': '64Mi' },
    user: USER,
    size,
  };
}
