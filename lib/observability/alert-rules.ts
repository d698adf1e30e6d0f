import { Construct } from 'constructs';

import { PrometheusRuleSpecGroupsRulesExpr as Expr, PrometheusRule } from '../../imports/monitoring.coreos.com';
import { fromAddon } from '../kubernetes/sync-options';
import { runbook } from './runbook';

/** One alert: what is wrong, for how long, and whom it wakes. */
export interface Alert {
  /** `EngineStuck`; its runbook is `docs/runbooks/engine-stuck.md`. Unique among the alerts of a target. */
  readonly name: string;

  /** PromQL that has a result while something is wrong. */
  readonly expr: string;

  /** How long it must be wrong: `10m`. */
  readonly for: string;

  /** `page` wakes somebody, `ticket` waits for the morning. */
  readonly severity: 'page' | 'ticket';

  /** What is wrong, in a sentence; `{{ $labels.pod }}` is filled in. */
  readonly summary: string;

  /** What it means for users, and where to look first. */
  readonly description: string;

  /**
   * Labels beside those of the group.
   *
   * @default {}
   */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Properties for `AlertRules`. */
export interface AlertRulesProps {
  /** What the alerts watch: the name of their group. */
  readonly group: string;

  readonly alerts: readonly Alert[];

  /**
   * Labels of every alert.
   *
   * @default {}
   */
  readonly labels?: Readonly<Record<string, string>>;

  /**
   * Annotations of the object, beside those of its kind: when it is synced.
   *
   * @default {}
   */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Alerts that Prometheus evaluates, each with a severity that is routed to somebody and a page that tells what to do. */
export class AlertRules extends Construct {
  constructor(scope: Construct, name: string, { group, alerts, labels = {}, annotations = {} }: AlertRulesProps) {
    super(scope, name);

    new PrometheusRule(this, 'rule', {
      metadata: { name, annotations: { ...fromAddon, ...annotations } },
      spec: {
        groups: [
          {
            name: group,
            rules: alerts.map(({ name: alert, expr, for: pending, severity, summary, description, labels: own = {} }) => ({
              alert,
              expr: Expr.fromString(expr),
              for: pending,
              labels: { severity, ...labels, ...own },
              annotations: { summary, description, runbook_url: runbook(alert) },
            })),
          },
        ],
      },
    });
  }
}
