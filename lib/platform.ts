import type { App } from 'cdk8s';

import { appImages } from './app-images';
import { BackupChart } from './backup/backup-chart';
import { databaseArchive } from './backup/database-archive';
import { CodeLabChart } from './codelab/codelab-chart';
import { EdgeChart } from './edge/edge-chart';
import { clusterOf, type Target } from './environments/environment';
import { FoundationChart } from './foundation/foundation-chart';
import { addonNamespacesOf, addonsOf } from './gitops/addons/addons';
import { GptChart } from './gpt/gpt-chart';
import { KivaChart } from './kiva/kiva-chart';
import type { OwnNamespace } from './kubernetes/namespaces';
import { LiteLlmChart } from './litellm/litellm-chart';
import { weighedServers } from './llm/llm-settings';
import { MlChart } from './ml/ml-chart';
import { serveModels } from './model-serving';
import type { ModelName } from './models/catalog';
import { MonitoringChart } from './monitoring/monitoring-chart';
import { istioMetrics, kongMetrics } from './observability/model-metrics';
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
  const { region, edge: settings, llm, kiva, gpt, codelab, ml, monitoring, backup } = target;
  const { platform } = region;
  const store = secretStore(platform);
  const imagePullSecrets = pullSecrets(platform);
  const placement = { pool: region.cpuPool, imagePullSecrets };
  const archive = backup === undefined ? undefined : databaseArchive(region, backup, clusterOf(target));
  const common = { platform, store, placement, archive };
  const image = (name: ImageName) => pins.image(name);
  const images = appImages((name) => image(name).reference);
  const servers = weighedServers(llm);
  const meshed = target.mesh !== undefined;
  const recommendSizes = target.recommendSizes === true;
  const throughIstio = ml?.exposure === 'istio-gateway';

  const edge = new EdgeChart(app, 'edge', { region, settings, servers, throughIstio: throughIstio ? 'ml' : undefined });
  const gatewayOf = (name: OwnNamespace) => edge.publicGateway.of(name);
  const callers = (edge.istioGateway ?? edge.publicGateway.handle).proxies;

  const watching: Pick<MonitoringChart, 'traces' | 'gatewayTraces' | 'logs'> =
    monitoring === undefined
      ? {}
      : new MonitoringChart(app, 'monitoring', {
          ...{ settings: monitoring, labels: { environment: target.environment, region: region.name }, decides: servers.length > 0 },
          ...{ gateway: gatewayOf('monitoring'), image, store, placement: { pool: region.systemPool, imagePullSecrets } },
          ...{ modelMetrics: ml && (throughIstio ? istioMetrics : kongMetrics), meshCallers: meshed ? callers : undefined },
        });

  const models =
    llm === undefined
      ? []
      : serveModels(app, {
          ...{ settings: llm, region, pins, store, imagePullSecrets, gateway: edge.internalGateway, traces: watching.traces },
          ...{ packed: target.foundation.packGpus === true, recommendSizes },
        });

  const litellm = new LiteLlmChart(app, 'litellm', {
    ...{ ...common, settings: target.litellm, models, gateway: gatewayOf('litellm'), images: images.litellm() },
    requestsPerMinute: settings.requestsPerMinute,
  });

  if (kiva !== undefined)
    new KivaChart(app, 'kiva', { ...common, settings: kiva, litellm, gateway: gatewayOf('kiva'), images: images.kiva() });

  if (gpt !== undefined)
    new GptChart(app, 'gpt', { ...common, settings: gpt, models, litellm, gateway: gatewayOf('gpt'), images: images.gpt() });

  if (codelab !== undefined)
    new CodeLabChart(app, 'codelab', {
      ...{ ...common, settings: codelab, models, gateway: gatewayOf('codelab'), images: images.codelab(), counters: litellm.counters },
      recommendSizes,
    });

  if (ml !== undefined)
    new MlChart(app, 'ml', {
      ...{ ...common, settings: ml, gateway: gatewayOf('ml'), istioGateway: edge.istioGateway, region, mesh: target.mesh },
      image: (name) => image(name).reference,
    });

  if (backup !== undefined) new BackupChart(app, 'backup', { region, settings: backup });

  new FoundationChart(app, 'foundation', {
    ...{ region, settings: target.foundation, store, image, meshed, knative: ml?.mode === 'Knative' },
    ...{ tls: settings.tls, hosts: edge.publicGateway.handle.hosts, dataPlanes: dataPlanes(servers) },
    addons: addonNamespacesOf(addonsOf(target, { kong: image('kong') })),
    ...{ logs: watching.logs, traces: watching.gatewayTraces },
  });
}
