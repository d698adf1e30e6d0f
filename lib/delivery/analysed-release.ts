import { Construct } from 'constructs';

import {
  AlertProvider,
  AlertProviderSpecType,
  Canary,
  type CanarySpecAnalysis,
  CanarySpecAnalysisAlertsSeverity,
  CanarySpecAutoscalerRefKind,
  CanarySpecProvider,
  CanarySpecServiceTargetPort,
  CanarySpecTargetRefKind,
  CanarySpecAnalysisWebhooksType as Hook,
} from '../../imports/flagger.app';
import { serviceHost } from '../kubernetes/endpoint';
import { exception } from '../kubernetes/exception';
import { confirmRemovalFromAddon, fromAddon } from '../kubernetes/sync-options';
import type { LatencyObjective } from '../observability/latency-objective';
import type { InternalGateway } from '../routing/gateway';
import { kongUpstream, unbuffered } from '../routing/kong-upstream';
import type { RequestTimeouts } from '../routing/request-timeouts';
import { DeliveredSecret } from '../security/delivered-secret';
import type { SecretStore } from '../security/secret-store';
import { EngineAutoscaler } from './engine-autoscaler';
import { defineGate, engineGates, type Gate } from './gates';
import type { BlueGreenPolicy, CanaryPolicy } from './release-policy';
import { trafficSteps } from './traffic-steps';

/** Properties for `AnalysedRelease`. */
export interface AnalysedReleaseProps {
  readonly policy: CanaryPolicy | BlueGreenPolicy;

  /** Namespace of the target. */
  readonly namespace: string;

  /** Replicas that serve users. */
  readonly replicas: { readonly min: number; readonly max: number };

  readonly slo: LatencyObjective;
  readonly gateway: InternalGateway;
  readonly timeouts: RequestTimeouts;

  /** What one pod may take to start, and a rollout to wait for one, seconds. */
  readonly budgets: { readonly startupSeconds: number; readonly progressSeconds: number };

  /** Annotations that tell Argo CD which revision Flagger must have seen. */
  readonly marker: Readonly<Record<string, string>>;

  /** Where webhooks have real completions sent from. */
  readonly loadTesterUrl: string;

  readonly store: SecretStore;
}

/** Seconds from one check to the next: at least four scrapes of the engine's metrics. */
const INTERVAL = '1m';

/** Failed checks until Flagger rolls back. */
const THRESHOLD = 5;

const ON_CALL = 'on-call';

/**
 * Releases new versions of an engine's Deployment through Flagger: step by step, or all at once after checks on a
 * second set of pods. Flagger owns the Services and the route, so none of them is written here.
 */
export class AnalysedRelease extends Construct {
  constructor(scope: Construct, target: string, props: AnalysedReleaseProps) {
    super(scope, `${target}-release`);

    const { policy, namespace, replicas, slo, gateway, timeouts, budgets, marker, loadTesterUrl, store } = props;
    const trial = policy.kind === 'canary' ? policy.canaryReplicas : replicas; // a second set of pods is as large as the first
    const endpoint = gateway.endpoint(target);
    const gates = engineGates(slo);
    const upstream = { annotations: kongUpstream(timeouts.internalGateway) };

    new EngineAutoscaler(this, target, { replicas: trial, startupSeconds: budgets.startupSeconds });
    for (const gate of gates) defineGate(this, gate);
    defineOnCall(this, store);

    new Canary(this, 'canary', {
      metadata: {
        name: target,
        annotations: {
          ...marker,
          ...confirmRemovalFromAddon,
          ...(policy.skipAnalysis === undefined ? {} : exception('canary-is-analysed', policy.skipAnalysis)),
        },
      },
      spec: {
        provider: CanarySpecProvider.GATEWAYAPI_V1,
        targetRef: { apiVersion: 'apps/v1', kind: CanarySpecTargetRefKind.DEPLOYMENT, name: target },
        autoscalerRef: {
          ...{ apiVersion: 'autoscaling/v2', kind: CanarySpecAutoscalerRefKind.HORIZONTAL_POD_AUTOSCALER, name: target },
          primaryScalerReplicas: { minReplicas: replicas.min, maxReplicas: replicas.max },
        },
        progressDeadlineSeconds: budgets.progressSeconds,
        // Otherwise a removed Canary would leave the target at zero pods and take the primary along.
        revertOnDeletion: true,
        skipAnalysis: policy.skipAnalysis !== undefined,
        service: {
          ...{ name: target, port: 80, portName: 'http', targetPort: CanarySpecServiceTargetPort.fromString('http'), portDiscovery: false },
          timeout: `${timeouts.internalGateway}s`,
          backendTimeout: `${timeouts.internalGateway}s`,
          hosts: [endpoint.host],
          gatewayRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: gateway.name, namespace: gateway.namespace }],
          // Flagger hands these on to the route.
          apex: { annotations: unbuffered },
          // Kong's controller refuses a weighted backend whose Services differ in its annotations.
          primary: upstream,
          canary: upstream,
        },
        analysis: {
          interval: INTERVAL,
          threshold: THRESHOLD,
          primaryReadyThreshold: 80,
          canaryReadyThreshold: 100,
          ...(policy.kind === 'canary' ? { stepWeights: [...trafficSteps(trial.min, replicas.min)] } : { iterations: policy.iterations }),
          metrics: gates.map(check),
          webhooks: webhooks(`http://${serviceHost(`${target}-canary`, namespace)}`, loadTesterUrl),
          alerts: [{ name: ON_CALL, severity: CanarySpecAnalysisAlertsSeverity.ERROR, providerRef: { name: ON_CALL } }],
        },
      },
    });
  }
}

function check({ name, threshold }: Gate): NonNullable<CanarySpecAnalysis['metrics']>[number] {
  return { name, templateRef: { name }, interval: INTERVAL, thresholdRange: threshold };
}

/**
 * What Flagger asks the load tester for: one completion that must succeed before any traffic moves, then a steady trickle of
 * them, begun before the first check and renewed at each one. And whether a person wants the version rolled back: the tester answers
 * no until somebody opens that gate.
 */
function webhooks(canary: string, loadTester: string): NonNullable<CanarySpecAnalysis['webhooks']> {
  const key = '"authorization: Bearer $ENGINE_API_KEY"';
  const url = `${canary}/v1/completions`;
  const smoke = `curl -sSf --max-time 60 -H "content-type: application/json" -H ${key} -d @/payload/smoke.json ${url} | jq -e '.choices[0].text'`;
  // One request a second from each of two workers: enough to judge, too little to take a GPU from users.
  const load = `hey -z 3m -q 1 -c 2 -t 60 -m POST -T application/json -H ${key} -D /payload/load.json ${url}`;

  return [
    { name: 'smoke-test', type: Hook.PRE_HYPHEN_ROLLOUT, url: loadTester, timeout: '90s', metadata: { type: 'bash', cmd: smoke } },
    { name: 'warm-up', type: Hook.PRE_HYPHEN_ROLLOUT, url: loadTester, timeout: '10s', metadata: { type: 'cmd', cmd: load } },
    { name: 'load', type: Hook.ROLLOUT, url: loadTester, timeout: '10s', metadata: { type: 'cmd', cmd: load } },
    { name: 'abort', type: Hook.ROLLBACK, url: `${loadTester}rollback/check`, timeout: '10s' },
  ];
}

/** Whom Flagger tells of a rollback. */
function defineOnCall(scope: Construct, store: SecretStore): void {
  const { secret } = new DeliveredSecret(scope, 'flagger-slack', { store, values: { address: 'flagger-slack-webhook' } }).key('address');
  new AlertProvider(scope, ON_CALL, {
    metadata: { name: ON_CALL, annotations: fromAddon },
    spec: { type: AlertProviderSpecType.SLACK, channel: 'llm-on-call', username: 'flagger', secretRef: { name: secret } },
  });
}
