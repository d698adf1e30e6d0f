import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { stringify } from 'yaml';

import type { Endpoint } from '../kubernetes/endpoint';
import type { SecretKey } from '../kubernetes/secret-key';
import { beforeWorkloads } from '../kubernetes/sync-wave';
import { type Dashboard, dashboardFile } from '../observability/dashboard';
import { allowElasticsearch, deliverLogin } from '../observability/elasticsearch';
import { scrapeService } from '../observability/scrape';
import { kongUpstream } from '../routing/kong-upstream';
import { connect } from '../security/connect';
import { DeliveredSecret } from '../security/delivered-secret';
import type { SecretStore } from '../security/secret-store';
import type { Placement } from '../workloads/placement';
import { WebService } from '../workloads/web-service';
import { type DataSource, outsideSources, sourcesFile, variablesOf } from './data-sources';

/** Properties for `Grafana`. */
export interface GrafanaProps {
  readonly namespace: string;
  readonly image: string;

  /** Address under which people open it, its path included. */
  readonly rootUrl: string;

  readonly dataSources: readonly DataSource[];
  readonly dashboards: readonly Dashboard[];

  /** Seconds that a question to a data source may take. */
  readonly querySeconds: number;

  readonly store: SecretStore;
  readonly placement: Placement;
}

/** Path that it serves everything below, so that the gateway may publish it beside other services. */
export const GRAFANA_PATH = '/grafana';

const NAME = 'grafana';
const PORT = 3000;

/** `grafana`, as whom its image runs. */
const USER = 472;

const PROVISIONING = '/etc/grafana/provisioning';
const DASHBOARDS = '/var/lib/grafana-dashboards';

/** The address and the data of the first user; whoever else is invited is forgotten with the pod. */
const ADMIN = { user: 'grafana-admin-user', password: 'grafana-admin-password' } as const;

/**
 * Grafana without a memory: data sources and dashboards come from files, and files from Git, so a new pod shows what the old one did.
 * People sign in as the user that the store knows; there is nothing to see without.
 */
export class Grafana extends Construct {
  public readonly endpoint: Endpoint & { readonly scope: Construct };

  constructor(scope: Construct, props: GrafanaProps) {
    super(scope, NAME);

    const { namespace, image, rootUrl, dataSources, dashboards, querySeconds, store, placement } = props;
    const admin = new DeliveredSecret(this, 'grafana-admin', { store, values: ADMIN });

    const provider = this.files('grafana-dashboard-provider', { 'dashboards.yaml': stringify(provided) });
    const shown = dashboards.map((dashboard) => this.files(`dashboard-${dashboard.uid}`, dashboardFile(dashboard)));

    const service = new WebService(this, NAME, {
      namespace,
      container: {
        image,
        env: {
          ...SETTINGS,
          GF_SERVER_ROOT_URL: rootUrl,
          GF_DATAPROXY_TIMEOUT: `${querySeconds}`,
          GF_SECURITY_ADMIN_USER: admin.key('user'),
          GF_SECURITY_ADMIN_PASSWORD: admin.key('password'),
          ...this.logins(dataSources, store),
        },
        configuration: { mountPath: `${PROVISIONING}/datasources`, files: { 'datasources.yaml': stringify(sourcesFile(dataSources)) } },
        folders: { [`${PROVISIONING}/dashboards`]: [provider], [DASHBOARDS]: shown },
        scratch: { '/var/lib/grafana': '512Mi', '/tmp': '64Mi' },
        user: USER,
        size: 'low',
      },
      ports: { http: PORT },
      probes: { liveness: `${GRAFANA_PATH}/api/health`, readiness: `${GRAFANA_PATH}/api/health`, startupSeconds: 120 },
      // Sessions are in its own database: of two, each would know half of the people.
      scale: { kind: 'fixed', replicas: 1 },
      longestRequestSeconds: querySeconds,
      placement,
      service: { name: 'prometheus-grafana', port: 80, annotations: kongUpstream(querySeconds) },
    });
    this.endpoint = service.endpoint;

    for (const { uid, at } of dataSources) {
      if ('login' in at) allowElasticsearch(this.endpoint, uid, at);
      else connect(this.endpoint, at);
    }
    scrapeService(service.metrics, { port: 'http', path: `${GRAFANA_PATH}/metrics` });
  }

  /** Users and passwords of the sources that ask for them. */
  private logins(sources: readonly DataSource[], store: SecretStore): Readonly<Record<string, SecretKey>> {
    return Object.fromEntries(
      outsideSources(sources).flatMap(({ login }) => {
        const { user, password } = deliverLogin(this, login, { store });
        const variables = variablesOf(login);
        return [
          [variables.user, user],
          [variables.password, password],
        ];
      }),
    );
  }

  /** A ConfigMap of files; its name. */
  private files(name: string, data: Record<string, string>): string {
    new k8s.KubeConfigMap(this, name, { metadata: { name, annotations: beforeWorkloads }, data });
    return name;
  }
}

/** What makes it safe to publish, and quiet: it asks nobody outside for news, plugins or pictures, which the network would not let it. */
const SETTINGS = {
  GF_SERVER_SERVE_FROM_SUB_PATH: 'true',
  GF_AUTH_ANONYMOUS_ENABLED: 'false',
  GF_USERS_ALLOW_SIGN_UP: 'false',
  GF_SECURITY_COOKIE_SECURE: 'true',
  GF_SECURITY_COOKIE_SAMESITE: 'strict',
  GF_SECURITY_DISABLE_GRAVATAR: 'true',
  GF_ANALYTICS_REPORTING_ENABLED: 'false',
  GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
  GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: 'false',
  GF_NEWS_NEWS_FEED_ENABLED: 'false',
  GF_PLUGINS_PREINSTALL_DISABLED: 'true',
  GF_LOG_CONSOLE_FORMAT: 'json',
} as const;

/** Dashboards are read again while it runs; nobody changes them there. */
const provided = {
  apiVersion: 1,
  providers: [
    {
      ...{ name: 'slipway', type: 'file', disableDeletion: true, allowUiUpdates: false, updateIntervalSeconds: 60 },
      options: { path: DASHBOARDS },
    },
  ],
};
