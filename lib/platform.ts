import type { App } from 'cdk8s';

import { BackupChart } from './backup/backup-chart';
import { databaseArchive } from './backup/database-archive';
import { CodeLabChart } from './codelab/codelab-chart';
import { EdgeChart } from './edge/edge-chart';
import { clusterOf, type Target } from './environments/environment';
import { FoundationChart } from './foundation/foundation-chart';
import { addonNamespacesOf, addonsOf } from './gitops/addons/addons';
import { GptChart } from './gpt/gpt-chart';
import { KivaChart } from './kiva/kiva-chart';
import type { Endpoint } from './kubernetes/endpoint';
import { LiteLlmChart } from './litellm/litellm-chart';
import { weighedServers } from './llm/llm-settings';
import { MlChart } from './ml/ml-chart';
import { serveModels } from './model-serving';
import type { ModelName } from './models/catalog';
import { MonitoringChart } from './monitoring/monitoring-chart';
import type { ImageName } from './releases/images';
import type { Pins } from './releases/pins';
import { dataPlanes } from './routing/kong';
import { pullSecrets } from './security/pull-secret';
import { secretStore } from './security/secret-store';

/** Images and models as one target has them pinned. */
export type TargetPins = Pins<ImageName, ModelName>;

/**
 * Defines the whole platform for one target.
 *
 * Read this function as the table of contents: one app per line, each receives only what it needs, and the earlier ones
 * hand their outputs to the later ones.
 */
export function definePlatform(app: App, target: Target, pins: TargetPins): void {
  const { region, foundation, edge: settings, llm, litellm: gatewaySettings, kiva, gpt, codelab, ml, monitoring, backup } = target;
  const store = secretStore(region.platform);
  const imagePullSecrets = pullSecrets(region.platform);
  const image = (name: ImageName) => pins.image(name).reference;
  const placement = { pool: region.cpuPool, imagePullSecrets };

  const archive = backup === undefined ? undefined : databaseArchive(region, backup, clusterOf(target));

  const servers = weighedServers(llm);

  const edge = new EdgeChart(app, 'edge', { region, settings, servers });

  let traces: Endpoint | undefined;
  let gatewayTraces: Endpoint | undefined;
  let logs: Endpoint | undefined;
  if (monitoring !== undefined) {
    ({ traces, gatewayTraces, logs } = new MonitoringChart(app, 'monitoring', {
      ...{ settings: monitoring, labels: { environment: target.environment, region: region.name }, decides: servers.length > 0, store },
      image: (name) => pins.image(name),
      ...{ gateway: edge.publicGateway.of('monitoring'), meshed: target.mesh !== undefined },
      placement: { pool: region.systemPool, imagePullSecrets },
    }));
  }

  const models =
    llm === undefined
      ? []
      : serveModels(app, {
          ...{ settings: llm, region, pins, store, imagePullSecrets },
          ...{ gateway: edge.internalGateway, packed: foundation.packGpus === true },
          ...(traces === undefined ? {} : { traces }),
        });

  const litellm = new LiteLlmChart(app, 'litellm', {
    settings: gatewaySettings,
    models,
    gateway: edge.publicGateway.of('litellm'),
    requestsPerMinute: settings.requestsPerMinute,
    images: { litellm: image('litellm'), postgresql: image('postgresql'), redis: image('redis'), redisExporter: image('redis-exporter') },
    ...{ store, placement, archive },
  });

  if (kiva !== undefined) {
    new KivaChart(app, 'kiva', {
      ...{ settings: kiva, litellm, gateway: edge.publicGateway.of('kiva'), platform: region.platform },
      ...{ store, placement, archive },
      images: {
        ...{ backend: image('open-webui-backend'), frontend: image('open-webui-frontend') },
        ...{ postgresql: image('postgresql'), redis: image('redis'), redisExporter: image('redis-exporter') },
      },
    });
  }

  if (gpt !== undefined) {
    new GptChart(app, 'gpt', {
      ...{ settings: gpt, models, litellm, gateway: edge.publicGateway.of('gpt'), store, placement },
      images: {
        ...{ 'admin-service': image('admin-service'), 'auth-service': image('auth-service'), 'chat-service': image('chat-service') },
        ...{
          mongodb: image('mongodb'),
          exporter: image('mongodb-exporter'),
          redis: image('redis'),
          redisExporter: image('redis-exporter'),
        },
      },
    });
  }

  if (codelab !== undefined) {
    new CodeLabChart(app, 'codelab', {
      ...{ settings: codelab, models, gateway: edge.publicGateway.of('codelab'), counters: litellm.counters },
      ...{ platform: region.platform, store, placement, archive },
      images: {
        ...{ gateway: image('codelab-gateway'), agentRuntime: image('codelab-agent-runtime'), authService: image('codelab-auth-service') },
        ...{ litellm: image('litellm'), postgresql: image('postgresql'), redis: image('redis'), redisExporter: image('redis-exporter') },
      },
    });
  }

  if (ml !== undefined) {
    new MlChart(app, 'ml', { settings: ml, gateway: edge.publicGateway.of('ml'), region, image, store, placement, mesh: target.mesh });
  }
  if (backup !== undefined) new BackupChart(app, 'backup', { region, settings: backup });

  new FoundationChart(app, 'foundation', {
    region,
    settings: foundation,
    store,
    addons: addonNamespacesOf(addonsOf(target, { kong: pins.image('kong') })),
    dataPlanes: dataPlanes(servers),
    ...{ tls: settings.tls, hosts: edge.publicGateway.handle.hosts, meshed: target.mesh !== undefined },
    knative: ml?.mode === 'Knative',
    image: (name) => pins.image(name),
    ...(logs === undefined ? {} : { logs }),
    ...(gatewayTraces === undefined ? {} : { traces: gatewayTraces }),
  });
}
