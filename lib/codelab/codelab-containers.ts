import type { SharedClaim } from '../data/shared-volume';
import { type Endpoint, localUrl } from '../kubernetes/endpoint';
import type { SecretKey } from '../kubernetes/secret-key';
import type { ServiceContainer } from '../workloads/service-container';
import type { Size } from '../workloads/sizes';
import type { CodeLabSecrets } from './codelab-secrets';

/** What every container of CodeLab is made with. */
export interface ContainerProps {
  readonly image: string;
  readonly size: Size;
  readonly secrets: CodeLabSecrets;
  readonly databaseUrl: SecretKey;
}

/** As whom the services run, and the owner of files on shared storage that has one owner for all. */
const USER = 1000;

const SCRATCH = { '/tmp': '1Gi' };

/** What takes the requests of users and hands them to agents. */
export function gatewayContainer(
  { image, size, secrets, databaseUrl }: ContainerProps,
  calls: { readonly agentRuntime: Endpoint; readonly authService: Endpoint },
): ServiceContainer {
  return {
    ...{ image, size, scratch: SCRATCH, user: USER },
    env: {
      AGENT_RUNTIME_URL: localUrl(calls.agentRuntime),
      AUTH_SERVICE_URL: localUrl(calls.authService),
      INTERNAL_API_KEY: secrets.internal,
      DATABASE_URL: databaseUrl,
    },
  };
}

/** What agents run in. Whichever pod takes the next step of a task finds its files. */
export function agentContainer(
  { image, size, secrets, databaseUrl }: ContainerProps,
  { llm, workspaces }: { readonly llm: Endpoint; readonly workspaces: SharedClaim },
): ServiceContainer {
  return {
    ...{ image, size, scratch: SCRATCH, user: USER },
    env: {
      LLM_PROVIDER: 'openai',
      // Read by OpenAI's own library, which would otherwise ask OpenAI itself.
      OPENAI_BASE_URL: `${localUrl(llm)}/v1`,
      OPENAI_API_KEY: secrets.proxy,
      INTERNAL_API_KEY: secrets.internal,
      DATABASE_URL: databaseUrl,
      REDIS_URL: secrets.cacheUrl,
    },
    shared: { '/workspaces': workspaces },
  };
}

/** What signs users in. */
export function authContainer({ image, size, secrets, databaseUrl }: ContainerProps, files: SharedClaim): ServiceContainer {
  return {
    ...{ image, size, scratch: SCRATCH, user: USER },
    env: {
      JWT_SECRET_KEY: secrets.jwt,
      OAUTH2_CLIENT_SECRET: secrets.oauthClient,
      DATABASE_URL: databaseUrl,
      REDIS_URL: secrets.cacheUrl,
    },
    shared: { '/data': files },
  };
}
