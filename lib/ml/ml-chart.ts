import type { App } from 'cdk8s';
import { Construct } from 'constructs';

import { AppChart } from '../kubernetes/app-chart';
import type { MeshMode } from '../kubernetes/mesh';
import type { AddonNamespace } from '../kubernetes/namespaces';
import { scrapeAddon } from '../observability/scrape';
import type { Region } from '../regions/region';
import type { ImageName } from '../releases/images';
import type { GatewayHandle } from '../routing/gateway';
import type { IstioGatewayHandle } from '../routing/istio-gateway';
import type { SecretStore } from '../security/secret-store';
import type { Placement } from '../workloads/placement';
import type { Exposure } from './exposure';
import { exposeThroughIstio } from './istio-exposure';
import { watchKnative } from './knative-access';
import { exposeThroughKong } from './kong-exposure';
import { KServeModel } from './kserve-model';
import { MeshPolicy } from './mesh-policy';
import type { MlSettings } from './ml-settings';
import { defineModelAlerts } from './model-alerts';
import { runtimeOf } from './model-runtimes';
import { ModelStorage } from './model-storage';
import { Runtime } from './serving-runtime';

/** Properties for `MlChart`. */
export interface MlChartProps {
  readonly settings: MlSettings;

  /** Kong's gateway, as the app sees it. */
  readonly gateway: GatewayHandle;

  /**
   * Istio's gateway on the hosts of the app.
   *
   * @default - there is none
   */
  readonly istioGateway?: IstioGatewayHandle | undefined;

  readonly region: Region;

  /** A pinned image; asked only for those that are used. */
  readonly image: (name: ImageName) => string;
  readonly store: SecretStore;
  readonly placement: Placement;

  /** @default - no mesh: models are called in plain text, by those whom the network lets through */
  readonly mesh?: MeshMode | undefined;
}

const KSERVE = 'kserve' satisfies AddonNamespace;

/** Where its controller serves metrics, as its addon is told. */
const KSERVE_METRICS = 8080;

/** Predictive models, served by KServe and published to whoever brings a token. */
export class MlChart extends AppChart {
  /**
   * @throws RangeError if the mesh is strict and models are Services of Knative, or if there is none and Istio's gateway leads to models
   */
  constructor(app: App, id: string, props: MlChartProps) {
    super(app, id, 'ml');

    const { settings, region, image, store, placement, mesh } = props;

    if (settings.mode === 'Knative' && mesh === 'strict') {
      throw new RangeError(
        'Cannot ask for mutual TLS of models on "Knative" as its gateway and its activator are no members: make the mesh permissive, or serve with mode "Standard"',
      );
    }

    const { namespace } = this;

    for (const name of settings.runtimes) {
      const { imagePullSecrets } = placement;
      new Runtime(this, name, { image: image(runtimeOf(name).image), imagePullSecrets, mode: settings.mode });
    }
    const storage = new ModelStorage(this, 'storage', { namespace, settings: settings.storage, region, image, store, placement });

    const { upstream, proxies, hosts, metrics, publish } = this.expose(props);
    const [host] = hosts;
    const routes = new Construct(this, 'routes');
    for (const model of settings.models) {
      const { endpoint } = new KServeModel(this, model.name, { namespace, settings, model, storage, region, host, upstream });
      publish(routes, model, endpoint);
    }
    defineModelAlerts(this, namespace, settings.models, metrics);
    scrapeAddon(
      this,
      { name: 'kserve-controller', namespace: KSERVE, pods: { 'control-plane': 'kserve-controller-manager' } },
      KSERVE_METRICS,
    );
    if (settings.mode === 'Knative') watchKnative(this);
    if (mesh !== undefined) {
      const exposed = settings.exposure ?? 'kong';
      new MeshPolicy(this, 'mesh-members', { namespace, mode: mesh, storage: storage.endpoint, exposure: exposed, proxies });
    }
  }

  private expose({ settings, gateway, istioGateway, image, store, placement, mesh }: MlChartProps): Exposure {
    if (settings.exposure !== 'istio-gateway')
      return exposeThroughKong(this, { namespace: this.namespace, settings, gateway, image, store, placement });
    if (mesh === undefined || istioGateway === undefined) {
      throw new RangeError(
        'Cannot publish models through "istio-gateway" as the target has no mesh, whose control plane the gateway needs: give it one, or take "kong"',
      );
    }
    return exposeThroughIstio(this, { settings, gateway: istioGateway });
  }
}
