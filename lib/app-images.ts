import type { ImageName } from './releases/images';

/** Images of each app that has several, by what the app calls them. Asked only for apps that a target runs: it pins no others. */
export function appImages(image: (name: ImageName) => string) {
  const redis = () => ({ redis: image('redis'), redisExporter: image('redis-exporter') });
  const databases = () => ({ postgresql: image('postgresql'), ...redis() });

  return {
    litellm: () => ({ litellm: image('litellm'), ...databases() }),
    kiva: () => ({ backend: image('open-webui-backend'), frontend: image('open-webui-frontend'), ...databases() }),
    gpt: () => ({
      ...{ 'admin-service': image('admin-service'), 'auth-service': image('auth-service'), 'chat-service': image('chat-service') },
      ...{ mongodb: image('mongodb'), exporter: image('mongodb-exporter'), ...redis() },
    }),
    codelab: () => ({
      ...{ gateway: image('codelab-gateway'), agentRuntime: image('codelab-agent-runtime'), authService: image('codelab-auth-service') },
      ...{ litellm: image('litellm'), ...databases() },
    }),
  };
}
