import { add, copy, drop, set } from '../edits';
import { chapter } from '../fault';
import { CANARY, ENGINE, ENGINE_SCALER, ENGINE_SIZES, FIRST, GATEWAY, GATEWAY_SCALER } from './objects';

const POLICY = '/spec/resourcePolicy/containerPolicies/0';
const primary = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'llm-service-primary' };

export const scaling = chapter('Autoscaling', {
  'replicas-beside-autoscaler': ['Git writes replicas that an autoscaler decides on.', set(GATEWAY, '/spec/replicas', 3)],
  'replicas-beside-flagger': ['Git writes replicas that Flagger decides on.', set(ENGINE, '/spec/replicas', 6)],
  'scaler-on-primary': [
    'An autoscaler in Git works against the one that Flagger makes for the primary.',
    copy(ENGINE_SCALER, 'llm-service-primary', { '/spec/scaleTargetRef': primary, '/spec/maxReplicas': 20 }),
  ],
  'scaler-unknown-to-flagger': ['A second autoscaler scales a Deployment that Flagger releases.', copy(ENGINE_SCALER, 'llm-service-cpu')],
  'two-scalers': ['Two autoscalers scale one Deployment.', copy(GATEWAY_SCALER, 'litellm-memory')],
  'keda-beside-hpa': [
    'A ScaledObject scales what an autoscaler scales already.',
    add('litellm', 'ScaledObject/litellm', 'litellm', {
      apiVersion: 'keda.sh/v1alpha1',
      spec: {
        scaleTargetRef: { name: 'litellm' },
        minReplicaCount: 1,
        triggers: [{ type: 'cpu', metricType: 'Utilization', metadata: { value: '80' } }],
      },
    }),
  ],
  'scaler-ref-dropped': [
    'A Canary names no autoscaler, so that each promotion shrinks the primary to the canary’s size.',
    drop(CANARY, '/spec/autoscalerRef'),
  ],
  'scaler-ref-misspelt': ['A Canary names an autoscaler that does not exist.', set(CANARY, '/spec/autoscalerRef/name', 'llm-service-hpa')],
  'scaler-target-misspelt': [
    'An autoscaler scales a Deployment that does not exist.',
    set(GATEWAY_SCALER, '/spec/scaleTargetRef/name', 'litellm-proxy'),
  ],
  'scaler-target-kind-wrong': [
    'An autoscaler scales a StatefulSet of a Deployment’s name.',
    set(GATEWAY_SCALER, '/spec/scaleTargetRef/kind', 'StatefulSet'),
  ],
  'scaler-min-above-max': ['An autoscaler’s minimum is above its maximum.', set(GATEWAY_SCALER, '/spec/minReplicas', 12)],
  'scaler-min-zero': ['An autoscaler may scale to zero, which Kubernetes refuses.', set(GATEWAY_SCALER, '/spec/minReplicas', 0)],
  'scaler-old-version': [
    'A released Deployment is scaled by an autoscaling/v1 object, which Flagger does not read.',
    set(ENGINE_SCALER, '/apiVersion', 'autoscaling/v1'),
  ],
  'scaler-metric-misspelt': [
    'An autoscaler asks for a metric that nobody serves.',
    set(ENGINE_SCALER, '/spec/metrics/1/pods/metric/name', 'vllm_requests_waiting'),
  ],
  'scaler-metric-colons': [
    'An autoscaler asks for a metric by its name in Prometheus.',
    set(ENGINE_SCALER, '/spec/metrics/1/pods/metric/name', 'vllm:num_requests_waiting'),
  ],
  'scaler-metric-target-kind': [
    'An autoscaler wants a share of a metric that has none.',
    set(ENGINE_SCALER, '/spec/metrics/1/pods/target', { type: 'Utilization', averageUtilization: 80 }),
  ],
  'scaler-metric-type-empty': [
    'A metric of an autoscaler says another type than it holds.',
    set(ENGINE_SCALER, '/spec/metrics/1/type', 'External'),
  ],
  'scaler-without-request': [
    'An autoscaler wants a share of a CPU request that is missing.',
    drop(GATEWAY, `${FIRST}/resources/requests/cpu`),
  ],
  'scaler-flaps': [
    'An autoscaler takes replicas away sooner than they start.',
    set(ENGINE_SCALER, '/spec/behavior/scaleDown/stabilizationWindowSeconds', 0),
  ],
  'primary-scaler-min-above-max': [
    'The primary’s minimum is above its maximum.',
    set(CANARY, '/spec/autoscalerRef/primaryScalerReplicas/minReplicas', 20),
  ],
  'sizes-are-changed': ['An engine is evicted to be resized.', set(ENGINE_SIZES, '/spec/updatePolicy/updateMode', 'Auto')],
  'sizes-mode-dropped': ['An engine is resized because nobody said otherwise.', drop(ENGINE_SIZES, '/spec/updatePolicy')],
  'sizes-of-nobody': [
    'A size is recommended from pods that Flagger has scaled to zero.',
    set(ENGINE_SIZES, '/spec/targetRef/name', 'llm-service'),
  ],
  'sizes-target-misspelt': [
    'A size is recommended for a Deployment that does not exist.',
    set(ENGINE_SIZES, '/spec/targetRef/name', 'llm-service-stable'),
  ],
  'sizes-container-misspelt': [
    'A size is recommended for a container that no pod has.',
    set(ENGINE_SIZES, `${POLICY}/containerName`, 'vllm'),
  ],
  'sizes-bounds-crossed': [
    'The least that is recommended is more than the most.',
    set(ENGINE_SIZES, `${POLICY}/minAllowed/memory`, '256Gi'),
  ],
  'sizes-bounds-too-low': [
    'The most that is recommended is less than what an engine requests.',
    set(ENGINE_SIZES, `${POLICY}/maxAllowed/memory`, '12.8Gi'),
  ],
  'sizes-bound-no-quantity': ['A bound of what is recommended is no quantity.', set(ENGINE_SIZES, `${POLICY}/minAllowed/memory`, '16GB')],
  'sizes-twice': ['Two recommend sizes for the same pods.', copy(ENGINE_SIZES, 'llm-service-sizes')],
  'primary-scaler-dropped': ['The primary scales within the canary’s bounds.', drop(CANARY, '/spec/autoscalerRef/primaryScalerReplicas')],
  'engine-scaled-by-processor': [
    'Engines are scaled by what their processors do.',
    set('HorizontalPodAutoscaler/llm/llm-service', '/spec/metrics', [
      { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } },
    ]),
  ],
});
