import { Construct } from 'constructs';

import {
  AlertmanagerConfig,
  type AlertmanagerConfigSpecReceivers,
  AlertmanagerConfigSpecInhibitRulesSourceMatchMatchType as SourceMatch,
  AlertmanagerConfigSpecInhibitRulesTargetMatchMatchType as TargetMatch,
} from '../../imports/monitoring.coreos.com';
import { fromAddon } from '../kubernetes/sync-options';
import { beforeWorkloads } from '../kubernetes/sync-wave';
import { DeliveredSecret } from '../security/delivered-secret';
import type { SecretStore } from '../security/secret-store';

/** Properties for `AlertRouting`. */
export interface AlertRoutingProps {
  readonly store: SecretStore;

  /** Channel that the webhooks write to, without `#`. */
  readonly channel: string;
}

/** Severities, and the names in the store of the addresses that they are told to: what wakes somebody and what waits. */
const RECEIVERS = { page: 'alertmanager-page-webhook', ticket: 'alertmanager-ticket-webhook' } as const;

type Severity = keyof typeof RECEIVERS;

/** What a message says: the alert's own words, where it is, and the page that tells what to do. */
const TITLE = '[{{ .Status | toUpper }}] {{ .CommonLabels.alertname }} in {{ .CommonLabels.environment }}/{{ .CommonLabels.region }}';
const TEXT = '{{ range .Alerts }}{{ .Annotations.summary }}\n{{ .Annotations.description }}\n{{ .Annotations.runbook_url }}\n{{ end }}';

/** Alerts that say nothing new while another one fires: patterns of labels. Labels that both lack count as equal, so that patterns name what they compare. */
const SILENCED = [
  // What burns fast also burns slowly.
  { by: { severity: 'page', slo: '.+' }, what: { severity: 'ticket', slo: '.+' }, equal: ['model', 'slo'] },
  // The figures of a model that nobody sees are old.
  { by: { alertname: 'EngineUnseen' }, what: { alertname: 'Engine.+', severity: 'ticket' }, equal: ['model'] },
] as const;

/** Who hears which alert, and which alerts say nothing new while another one is firing. */
export class AlertRouting extends Construct {
  /** Name of the configuration. */
  public readonly name = 'alert-routing';

  constructor(scope: Construct, { store, channel }: AlertRoutingProps) {
    super(scope, 'routing');

    const webhooks = new DeliveredSecret(this, 'alertmanager-webhooks', { store, values: RECEIVERS });
    const receiver = (severity: Severity): AlertmanagerConfigSpecReceivers => {
      const { secret, key } = webhooks.key(severity);
      return {
        name: severity,
        slackConfigs: [{ apiUrl: { name: secret, key }, channel: `#${channel}`, sendResolved: true, title: TITLE, text: TEXT }],
      };
    };

    new AlertmanagerConfig(this, 'configuration', {
      metadata: { name: this.name, annotations: { ...beforeWorkloads, ...fromAddon } },
      spec: {
        receivers: [receiver('page'), receiver('ticket')],
        route: {
          receiver: 'ticket',
          groupBy: ['alertname', 'namespace'],
          groupWait: '30s',
          groupInterval: '5m',
          repeatInterval: '12h',
          routes: [{ receiver: 'page', repeatInterval: '1h', matchers: [{ name: 'severity', value: 'page', matchType: '=' }] }],
        },
        inhibitRules: SILENCED.map(({ by, what, equal }) => ({
          sourceMatch: matchers(by, SourceMatch.VALUE_EQUAL_TILDE),
          targetMatch: matchers(what, TargetMatch.VALUE_EQUAL_TILDE),
          equal: [...equal],
        })),
      },
    });
  }
}

const matchers = <M>(labels: Readonly<Record<string, string>>, matchType: M): { name: string; value: string; matchType: M }[] =>
  Object.entries(labels).map(([name, value]) => ({ name, value, matchType }));
