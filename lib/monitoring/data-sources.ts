import { type Endpoint, httpUrl } from '../kubernetes/endpoint';
import { PROMETHEUS_SOURCE } from '../observability/dashboard';
import type { Elasticsearch } from '../observability/elasticsearch';

/** Somewhere that Grafana reads from, as its provisioning files call it. */
export interface DataSource {
  readonly name: string;
  readonly type: string;

  /** By which dashboards name it. */
  readonly uid: string;

  /** Where it answers: a service of ours, or a server beside the cluster. */
  readonly at: Endpoint | OutsideSource;

  /** @default false */
  readonly isDefault?: boolean;

  /**
   * Settings of its type.
   *
   * @default {}
   */
  readonly jsonData?: Readonly<Record<string, unknown>>;
}

/** A server beside the cluster that asks who reads. */
export interface OutsideSource extends Pick<Elasticsearch, 'url' | 'network'> {
  /** Name of the login that is delivered for it. */
  readonly login: string;
}

/** The sources that are outside of the cluster. */
export const outsideSources = (sources: readonly DataSource[]): readonly OutsideSource[] =>
  sources.flatMap(({ at }) => ('login' in at ? [at] : []));

/** Variables that hold user and password of a login. */
export const variablesOf = (login: string): { readonly user: string; readonly password: string } => {
  const prefix = login.toUpperCase().replaceAll('-', '_');
  return { user: `${prefix}_USER`, password: `${prefix}_PASSWORD` };
};

/** Grafana's file of them. It asks on behalf of browsers, which need not reach the sources. */
export const sourcesFile = (sources: readonly DataSource[]): object => ({
  apiVersion: 1,
  prune: true,
  datasources: sources.map(({ name, type, uid, at, isDefault = false, jsonData = {} }) => ({
    ...{ name, type, uid, access: 'proxy', url: 'login' in at ? at.url : httpUrl(at), isDefault, editable: false, jsonData },
    ...('login' in at ? credentialsOf(at.login) : {}),
  })),
});

/** Grafana puts variables in the place of their names. */
function credentialsOf(login: string): object {
  const { user, password } = variablesOf(login);
  return { basicAuth: true, basicAuthUser: `\${${user}}`, secureJsonData: { basicAuthPassword: `\${${password}}` } };
}

/** Prometheus as a data source. */
export const prometheusSource = (at: Endpoint): DataSource => ({
  ...PROMETHEUS_SOURCE,
  ...{ name: 'Prometheus', at, isDefault: true, jsonData: { httpMethod: 'POST', timeInterval: '15s' } },
});

/** Jaeger as a data source. */
export const jaegerSource = (at: Endpoint): DataSource => ({ name: 'Jaeger', type: 'jaeger', uid: 'jaeger', at });

/** Loki as a data source. */
export const lokiSource = (at: Endpoint): DataSource => ({ name: 'Loki', type: 'loki', uid: 'loki', at });

/** Logs in Elasticsearch as a data source: the data streams that collectors write to, and the field that holds a line. */
export const elasticsearchSource = ({ url, network }: Elasticsearch, index: string): DataSource => ({
  ...{ name: 'Elasticsearch', type: 'elasticsearch', uid: 'elasticsearch', at: { url, network, login: 'log-reader' } },
  jsonData: { index, timeField: '@timestamp', logMessageField: 'body.text' },
});
