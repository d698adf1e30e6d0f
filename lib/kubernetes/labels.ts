/**
 * The one label that selects a workload's pods. Flagger accepts only one label here and gives the primary's pods
 * another value (`<name>-primary`), so nothing but the workload itself may select on it.
 */
export const NAME_LABEL = 'app.kubernetes.io/name';

/** The label that Flagger leaves alone: canary and primary pods carry the same value. Policies, budgets and monitors select it. */
export const WORKLOAD_LABEL = 'slipway.dev/workload';

/** The selector of a workload's own pods. */
export const selectorOf = (name: string): Record<string, string> => ({ [NAME_LABEL]: name });

/** What policies, budgets and monitors select: every pod of a workload in every phase of a release. */
export const stablePods = (name: string): Record<string, string> => ({ [WORKLOAD_LABEL]: name });

/** Every label a workload's pods carry. */
export const podLabels = (name: string): Record<string, string> => ({ ...selectorOf(name), ...stablePods(name) });
