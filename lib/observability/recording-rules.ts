import { Construct } from 'constructs';

import { PrometheusRuleSpecGroupsRulesExpr as Expr, PrometheusRule } from '../../imports/monitoring.coreos.com';
import { fromAddon } from '../kubernetes/sync-options';

/** Series that Prometheus computes from others, under names of their own. */
export class RecordingRules extends Construct {
  /** @param records name of the series → PromQL */
  constructor(scope: Construct, name: string, records: Readonly<Record<string, string>>) {
    super(scope, name);

    new PrometheusRule(this, 'rule', {
      metadata: { name, annotations: fromAddon },
      spec: {
        groups: [{ name, rules: Object.entries(records).map(([record, expr]) => ({ record, expr: Expr.fromString(expr) })) }],
      },
    });
  }
}
