import { targets } from '../../environments';
import type { Target } from '../../environments/environment';
import { gke, k3s, microk8s, minikube } from '../../environments/platforms';
import { podMetrics } from '../../observability/engine-metrics';
import { clientTimeouts, requestTimeouts } from '../../routing/request-timeouts';
import { images, target } from '../testing/example';
import type { Addon, ChartSource } from './addon';
import { addonNamespacesOf, addonsOf } from './addons';

const production = target('prod', 'us-west-2');
const kiva = target('prod', 'germanywestcentral');
const workstation = target('dev', 'local');

const names = (one: Target) => addonsOf(one, images).map(({ name }) => name);

function addon(one: Target, name: string, pinned = images): Addon {
  const found = addonsOf(one, pinned).find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`Cannot find addon "${name}" as the target has ${names(one).join(', ')}: choose another target`);
  return found;
}

// biome-ignore lint/suspicious/noExplicitAny: values of charts are data here
const values = (one: Target, name: string, pinned = images): any => (addon(one, name, pinned).source as ChartSource).values;

const on = (platform: Target['region']['platform']): Target => ({ ...workstation, region: { ...workstation.region, platform } });

const EVERYWHERE = ['cert-manager', 'external-secrets', 'cloudnative-pg', 'prometheus-operator-crds', 'kong'];

test.each<[string, Target, string[]]>([
  [
    'production on EKS',
    production,
    [
      'kong-internal',
      'prometheus',
      'gateway-api',
      'metrics-server',
      'external-dns',
      'velero',
      'prometheus-adapter',
      'flagger',
      'dcgm-exporter',
      'vertical-pod-autoscaler',
      'kyverno',
    ],
  ],
  [
    'KIVA on AKS',
    kiva,
    [
      'kong-internal',
      'prometheus',
      'gateway-api',
      'velero',
      'prometheus-adapter',
      'flagger',
      'gpu-operator',
      'vertical-pod-autoscaler',
      'kyverno',
    ],
  ],
  ['a first installation', target('init', 'germanywestcentral'), ['gateway-api']],
  ['development without a canary', target('dev', 'germanywestcentral'), ['prometheus', 'gateway-api', 'gpu-operator']],
  ['a workstation with MicroK8s', workstation, ['gateway-api', 'metrics-server', 'metallb', 'kserve-crds', 'kserve']],
  ['a workstation with k3s', on(k3s), ['gateway-api', 'kserve-crds', 'kserve']],
  ['a workstation with Minikube', on(minikube), ['gateway-api', 'metrics-server', 'kserve-crds', 'kserve']],
  ['GKE, which brings the Gateway API', on(gke), ['kserve-crds', 'kserve']],
])('gives %s what it needs and no more', (_, one, expected) => {
  expect(names(one)).toEqual([...EVERYWHERE, ...expected]);
});

test.each(targets.map((one) => [`${one.environment}/${one.region.name}`, one] as const))('pins every source of %s', (_, one) => {
  for (const { source } of addonsOf(one, images)) {
    expect(source.kind === 'chart' ? source.version : source.revision).toMatch(/^v?\d+\.\d+\.\d+$/);
  }
});

test('names the namespaces that the addons of a target need', () => {
  expect(addonNamespacesOf(addonsOf(workstation, images))).toEqual([
    ...['cert-manager', 'cnpg-system', 'external-secrets', 'kserve', 'metallb-system'],
  ]);
});

test('logs a request as an object, without what users ask for', () => {
  for (const plane of ['kong', 'kong-internal']) {
    const { nginx_http_log_format: format, proxy_access_log: log } = values(production, plane).env;
    const [, name, object] = /^(\w+) escape=json '(.*)'$/.exec(format) ?? [];

    expect(log).toBe(`/dev/stdout ${name}`);
    expect(JSON.parse(object ?? '')).toMatchObject({ status: '$status', path: '$uri', request_id: '$http_x_request_id' });
    expect(object).not.toMatch(/\$(args|request|request_uri|http_authorization)"/);
  }
});

test('traces public requests where somebody keeps traces, and calls to models nowhere', () => {
  expect(values(production, 'kong').env).toMatchObject({ tracing_instrumentations: 'request', tracing_sampling_rate: '1' });
  expect(values(production, 'kong-internal').env).not.toHaveProperty('tracing_instrumentations');
  expect(values(workstation, 'kong').env).not.toHaveProperty('tracing_instrumentations');
});

test('publishes the public gateway as the platform can', () => {
  expect(values(production, 'kong').proxy).toMatchObject({
    ...{ nameOverride: 'kong-gateway-service', type: 'LoadBalancer', externalTrafficPolicy: 'Local' },
    annotations: { 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internet-facing' },
  });
  expect(values(on(microk8s), 'kong').proxy).toEqual({
    ...{ nameOverride: 'kong-gateway-service', type: 'LoadBalancer', externalTrafficPolicy: 'Local', http: { nodePort: 30800 } },
  });
  expect(values(on(minikube), 'kong').proxy).toEqual({ nameOverride: 'kong-gateway-service', type: 'NodePort', http: { nodePort: 30800 } });
});

test('has load balancers keep a connection that waits for the longest answer', () => {
  const seconds = clientTimeouts(requestTimeouts(600), 2).publicGateway;
  const nlb = values(production, 'kong').proxy.annotations['service.beta.kubernetes.io/aws-load-balancer-listener-attributes.TCP-443'];
  const azure = values(kiva, 'kong').proxy.annotations['service.beta.kubernetes.io/azure-load-balancer-tcp-idle-timeout'];

  expect(Number(nlb.replace('tcp.idle_timeout.seconds=', ''))).toBeGreaterThan(seconds);
  expect(60 * Number(azure)).toBeGreaterThan(seconds);
});

test('has load balancers wait longer where answers take longer', () => {
  const proxyOf = (of: Target) => values({ ...of, llm: { ...of.llm, longestAnswerSeconds: 3600 } } as Target, 'kong').proxy.annotations;

  expect(proxyOf(production)).toMatchObject({
    'service.beta.kubernetes.io/aws-load-balancer-listener-attributes.TCP-443': 'tcp.idle_timeout.seconds=3660',
  });
  expect(proxyOf(kiva)).toMatchObject({ 'service.beta.kubernetes.io/azure-load-balancer-tcp-idle-timeout': '62' });
});

test('keeps the public gateway inside the cluster where nobody else is to reach it', () => {
  const init = target('init', 'germanywestcentral');

  expect(values(init, 'kong').proxy).toEqual({ nameOverride: 'kong-gateway-service', type: 'ClusterIP' });
});

test('keeps the internal gateway inside the cluster, under a class of its own', () => {
  expect(values(production, 'kong-internal')).toMatchObject({
    podLabels: { 'slipway.dev/workload': 'kong-internal' },
    proxy: { type: 'ClusterIP' },
    ingressController: { ingressClass: 'kong-internal', env: { gateway_api_controller_name: 'konghq.com/kic-internal-controller' } },
  });
});

test("lets one release alone bring Kong's kinds", () => {
  expect((addon(production, 'kong').source as ChartSource).skipCrds).toBeUndefined();
  expect((addon(production, 'kong-internal').source as ChartSource).skipCrds).toBe(true);
});

test('closes idle connections to servers before the servers do', () => {
  for (const gateway of ['kong', 'kong-internal']) {
    expect(Number(values(production, gateway).env.upstream_keepalive_idle_timeout)).toBeLessThan(5);
  }
});

test('publishes no admin interface of Kong', () => {
  for (const gateway of ['kong', 'kong-internal']) {
    expect(values(production, gateway)).toMatchObject({ manager: { enabled: false }, env: { admin_gui_listen: 'off' } });
    expect(values(production, gateway)).not.toHaveProperty('admin');
  }
});

// Answers take 600 s, with a margin per hop: three to LiteLLM, and one for each service in front of it.
test.each<[string, Target, number]>([
  ['LiteLLM', production, 630],
  ['the chat', kiva, 640],
  ['CodeLab', target('prod', 'eu-west-1'), 650],
])('lets a proxy that stops finish the longest request to %s', (_, one, seconds) => {
  const { lifecycle, terminationGracePeriodSeconds } = values(one, 'kong');

  expect(lifecycle.preStop.exec.command.slice(0, 2)).toEqual(['kong', 'quit']);
  expect(lifecycle.preStop.exec.command.at(-1)).toBe(`--timeout=${seconds}`);
  expect(terminationGracePeriodSeconds).toBeGreaterThan(seconds);
});

test('lets a proxy that stops serve for as long as the load balancer may send it connections', () => {
  const command = (one: Target, gateway: string) => values(one, gateway).lifecycle.preStop.exec.command;

  expect(command(production, 'kong')).toContain('--wait=150'); // a network load balancer of AWS
  expect(values(production, 'kong').terminationGracePeriodSeconds).toBeGreaterThanOrEqual(150 + 630);
  expect(command(production, 'kong-internal')).toContain('--wait=15');
});

test('runs as many proxies as the environment decides, and protects them where one can be spared', () => {
  expect(values(production, 'kong')).toMatchObject({ replicaCount: 3, podDisruptionBudget: { enabled: true, maxUnavailable: 1 } });
  expect(values(workstation, 'kong')).toMatchObject({ replicaCount: 1, podDisruptionBudget: { enabled: false } });
});

test('pulls Kong by its digest where that is known', () => {
  const digest = `sha256:${'0'.repeat(64)}`;
  const pinned = { kong: { ...images.kong, digest } };

  expect(values(production, 'kong', pinned).image).toMatchObject({ tag: `3.9.1@${digest}`, effectiveSemver: '3.9.1' });
  expect(values(production, 'kong').image.tag).toBe('3.9.1');
});

test('serves autoscalers every metric of an engine that they read', () => {
  const rules: { name: { as: string }; seriesQuery: string }[] = values(production, 'prometheus-adapter').rules.custom;

  expect(rules.map(({ name }) => name.as)).toEqual(podMetrics.map(({ name }) => name));
  expect(rules[0]?.seriesQuery).toBe('vllm:num_requests_waiting{namespace!="",pod!=""}');
});

test('leaves Prometheus, Alertmanager, Grafana and alerts to what is synthesized', () => {
  const { prometheus, alertmanager, grafana, defaultRules } = values(production, 'prometheus');

  expect([prometheus, alertmanager, grafana]).toEqual([{ enabled: false }, { enabled: false }, { enabled: false }]);
  expect(defaultRules).toEqual({ create: false });
});

test('keeps what shares the network of nodes out of the namespace of Prometheus', () => {
  expect(values(production, 'prometheus')['prometheus-node-exporter'].namespaceOverride).toBe('monitoring-system');
  expect(addonNamespacesOf(addonsOf(production, images))).toContain('monitoring-system');
});

test('runs what watches on the nodes that are meant for it', () => {
  const { prometheusOperator, ...others } = values(production, 'prometheus');
  const components = [prometheusOperator, others['kube-state-metrics']];

  for (const { affinity } of [...components, values(production, 'prometheus-adapter')]) {
    expect(affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].preference.matchExpressions).toEqual([
      { key: 'node-type', operator: 'In', values: ['system'] },
      { key: 'workload-type', operator: 'In', values: ['monitoring'] },
    ]);
  }
});

test('brings the kinds of monitors also where nobody watches, and from one addon alone', () => {
  for (const one of targets) {
    const bringing = addonsOf(one, images).filter(({ installs }) => installs.definitions.includes('monitoring.coreos.com'));

    expect(bringing.map(({ name }) => name)).toEqual(['prometheus-operator-crds']);
  }
  expect(values(production, 'prometheus').crds).toEqual({ enabled: false });
});

test.each<[string, Target, string]>([
  ['production', kiva, 'Cannot leave out monitoring of "prod/germanywestcentral" as production is watched: give the target'],
  ['a target that releases through Flagger', target('staging', 'eu-west-1'), 'as the autoscaler and the releases of "llm-service" are'],
])('refuses to leave out the monitoring of %s', (_, { monitoring, ...one }, message) => {
  expect(() => addonsOf(one, images)).toThrow(message);
});

test('tolerates the taints of the GPU nodes', () => {
  expect(values(kiva, 'gpu-operator').daemonsets.tolerations).toEqual([
    { key: 'sku', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' },
  ]);
});

test('publishes the hosts of apps beside the one that regions share', () => {
  const one = { ...production, edge: { ...production.edge, appHosts: { kiva: ['chat.example.com'] } } };

  const { domainFilters, extraArgs, txtPrefix } = values(one, 'external-dns');

  expect(domainFilters).toEqual(['api.llm-production.com', 'chat.example.com']);
  expect(extraArgs).toEqual(['--aws-zone-match-parent']); // the zone is llm-production.com
  expect(txtPrefix).toMatch(/\.$/); // or it is api.llm-production.com
});

test('has each region write its records by a role of its own, which can be taken from it', () => {
  const roleOf = (region: string) =>
    values(target('prod', region), 'external-dns').serviceAccount.annotations['eks.amazonaws.com/role-arn'].split('/')[1];

  expect(['us-west-2', 'us-east-1'].map(roleOf)).toEqual(['prod-us-west-2-external-dns', 'prod-us-east-1-external-dns']);
});

test('fails on a host that several regions answer to outside of AWS', () => {
  const host = { ...kiva, edge: { ...kiva.edge, globalHost: 'kiva.example.com' } };

  expect(() => addonsOf(host, images)).toThrow(
    'Cannot publish "kiva.example.com" from "prod-germanywestcentral" as only Route 53 holds records',
  );
});

test('has KServe run models in the mode of the target, and leave the way to them to the gateway', () => {
  const settings = (mode: 'Standard' | 'Knative') =>
    values({ ...workstation, ml: { ...workstation.ml, mode } as NonNullable<Target['ml']> }, 'kserve').kserve;

  expect(settings('Standard').controller).toMatchObject({
    deploymentMode: 'Standard',
    gateway: { disableIngressCreation: true, disableIstioVirtualHost: true },
  });
  expect(settings('Knative').controller.deploymentMode).toBe('Knative');
  expect(addon(workstation, 'kserve').source).toMatchObject({
    version: (addon(workstation, 'kserve-crds').source as ChartSource).version,
  });
});

test('gives Velero the plugin and the identity of its cloud, and no key', () => {
  const [aws, azure] = [values(production, 'velero'), values(kiva, 'velero')];

  expect([aws, azure].map(({ initContainers }) => initContainers[0].image)).toEqual([
    expect.stringContaining('velero-plugin-for-aws:'),
    expect.stringContaining('velero-plugin-for-microsoft-azure:'),
  ]);
  expect([aws, azure].map(({ credentials }) => credentials)).toEqual([{ useSecret: false }, { useSecret: false }]);
  expect(aws.serviceAccount.server.annotations).toEqual({
    'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/prod-us-west-2-velero',
  });
  expect([azure.podLabels, azure.nodeAgent.podLabels]).toEqual(Array(2).fill({ 'azure.workload.identity/use': 'true' }));
});

test('lets Kyverno read a key that the cloud keeps, and asks for no identity where it needs none', () => {
  const { admissionController, reportsController } = values(kiva, 'kyverno');

  for (const { podLabels, rbac } of [admissionController, reportsController]) {
    expect(podLabels).toEqual({ 'azure.workload.identity/use': 'true' });
    expect(Object.keys(rbac.serviceAccount.annotations)).toContain('azure.workload.identity/client-id');
  }
  expect(values(production, 'kyverno').admissionController).not.toHaveProperty('rbac');
});

test('runs Velero as a user that is a number, with a home that it may write to', () => {
  for (const { podSecurityContext, configuration } of [values(production, 'velero'), values(kiva, 'velero')]) {
    expect(podSecurityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 65532, fsGroup: 65532 });
    expect(configuration.extraEnvVars).toContainEqual({ name: 'HOME', value: '/scratch' });
  }
});

test('tells Velero on Azure in which resource group the disks are, in a file that both of its programs mount', () => {
  const { configMaps, configuration, extraVolumeMounts, nodeAgent } = values(kiva, 'velero');

  expect(configMaps.azure.data.settings).toContain('AZURE_RESOURCE_GROUP=MC_kiva_prod_germanywestcentral');
  expect(configuration.extraEnvVars).toContainEqual({ name: 'AZURE_CREDENTIALS_FILE', value: '/etc/azure/settings' });
  expect(extraVolumeMounts).toEqual(nodeAgent.extraVolumeMounts);
});

test('has sizes recommended, installs nothing that acts on it, and asks nothing that a node waits for', () => {
  const { recommender, updater, admissionController } = values(production, 'vertical-pod-autoscaler');

  expect([updater, admissionController]).toEqual([{ enabled: false }, { enabled: false }]);
  expect(recommender).toMatchObject({ replicas: 1, podDisruptionBudget: { enabled: false } });
  expect(names({ ...production, recommendSizes: false })).not.toContain('vertical-pod-autoscaler');
});

test('has Kyverno judge on as many pods as a drained node leaves, and change nothing', () => {
  const { admissionController, backgroundController, cleanupController } = values(production, 'kyverno');

  expect(admissionController.replicas).toBeGreaterThan(2);
  expect([backgroundController, cleanupController]).toEqual([{ enabled: false }, { enabled: false }]);
});

describe('a mesh', () => {
  const meshed: Target = { ...production, mesh: 'strict' };

  test('is installed in one version, without a sidecar', () => {
    const parts = addonsOf(meshed, images).filter(({ namespace }) => namespace === 'istio-system');
    const sources = parts.map(({ source }) => source as ChartSource);

    expect(parts.map(({ name }) => name)).toEqual(['istio-base', 'istiod', 'istio-cni', 'ztunnel']);
    expect(new Set(sources.map(({ version }) => version)).size).toBe(1);
    expect(
      sources.filter(({ values: { profile } }: { values: { profile?: string } }) => profile === 'ambient').map(({ chart }) => chart),
    ).toEqual(['istiod', 'cni']);
    expect(names(production).filter((name) => name.startsWith('istio'))).toEqual([]);
  });

  test('has the public proxies as members, and not the internal ones', () => {
    const member = { 'istio.io/dataplane-mode': 'ambient' };

    expect(values(meshed, 'kong').podLabels).toMatchObject(member);
    expect(values(meshed, 'kong-internal').podLabels).not.toMatchObject(member);
    expect(values(production, 'kong').podLabels).not.toMatchObject(member);
  });

  test('knows where local distributions keep network plugins', () => {
    expect(values({ ...on(microk8s), mesh: 'permissive' }, 'istio-cni').global).toEqual({ platform: 'microk8s' });
    expect(values(meshed, 'istio-cni')).not.toHaveProperty('global');
  });
});

describe('Istio’s gateway', () => {
  const clients = { issuer: 'https://login.example.com', audience: 'models', jwksUri: 'https://login.example.com/keys' } as const;
  const served = (one: Target): Target => {
    const { storage, runtimes, longestAnswerSeconds } = workstation.ml as NonNullable<Target['ml']>;
    const ml = { mode: 'Standard', exposure: 'istio-gateway', models: [], clients, storage, runtimes, longestAnswerSeconds } as const;
    return { ...one, mesh: 'strict', ml };
  };
  const gateway = (one: Target) => values(served(one), 'istio-gateway');

  test('is of the mesh’s version, in a namespace of its own, and nowhere else', () => {
    const { source, namespace } = addon(served(production), 'istio-gateway');

    expect([namespace, source]).toMatchObject(['istio-ingress', { chart: 'gateway', release: 'istio-ingressgateway' }]);
    expect((source as ChartSource).version).toBe((addon(served(production), 'istiod').source as ChartSource).version);
    expect(addonNamespacesOf(addonsOf(served(production), images))).toContain('istio-ingress');
    expect(names({ ...production, mesh: 'strict' })).not.toContain('istio-gateway');
  });

  test('is published as the platform can, without the port of its health', () => {
    const ports = (one: Target) =>
      gateway(one).service.ports.map(({ port, targetPort }: { port: number; targetPort: number }) => [port, targetPort]);

    expect(gateway(production).service).toMatchObject({
      ...{ type: 'LoadBalancer', externalTrafficPolicy: 'Local' },
      annotations: { 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internet-facing' },
    });
    expect(gateway(on(microk8s)).service).toMatchObject({ type: 'LoadBalancer', externalTrafficPolicy: 'Local' });
    // Kong has the ports 80 and 443 of the one node.
    for (const platform of [k3s, minikube]) {
      expect(gateway(on(platform)).service).toMatchObject({ type: 'NodePort', ports: [{}, { port: 443, nodePort: 30843 }] });
    }
    expect(gateway({ ...production, edge: { ...production.edge, reachedBy: 'cluster' } }).service).toMatchObject({ type: 'ClusterIP' });
    for (const one of [production, on(microk8s), on(k3s)])
      expect(ports(one)).toEqual([
        [80, 80],
        [443, 443],
      ]);
  });

  test('keeps the restricted standard, and as many pods as Kong', () => {
    expect(gateway(production)).toMatchObject({
      securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
      ...{ replicaCount: production.edge.replicas, autoscaling: { enabled: false }, podDisruptionBudget: { maxUnavailable: 1 } },
    });
    expect(gateway(workstation)).not.toHaveProperty('podDisruptionBudget');
  });

  test('serves on while the load balancer may send it connections, and lets the longest prediction end', () => {
    const { env, podAnnotations, terminationGracePeriodSeconds } = gateway(production);

    expect(env).toEqual({ EXIT_ON_ZERO_ACTIVE_CONNECTIONS: 'true', MINIMUM_DRAIN_DURATION: '150s' });
    expect(JSON.parse(podAnnotations['proxy.istio.io/config'])).toEqual({ drainDuration: '150s' });
    expect(terminationGracePeriodSeconds).toBeGreaterThan(150 + (workstation.ml?.longestAnswerSeconds ?? 0));
  });

  test('logs a request as an object, without what users ask for', () => {
    const { accessLogFile, accessLogEncoding, accessLogFormat } = values(served(production), 'istiod').meshConfig;

    expect([accessLogFile, accessLogEncoding]).toEqual(['/dev/stdout', 'JSON']);
    expect(JSON.parse(accessLogFormat)).toMatchObject({ status: '%RESPONSE_CODE%', path: '%PATH(NQ:ORIG_OR_PATH)%' });
    expect(accessLogFormat).not.toMatch(/:PATH\)|AUTHORIZATION/);
    expect(values({ ...production, mesh: 'strict' }, 'istiod')).not.toHaveProperty('meshConfig');
  });

  test('has its hosts published, and leaves Kong out of the mesh', () => {
    expect(values(served(production), 'external-dns').sources).toEqual(['gateway-httproute', 'istio-gateway']);
    expect(values(production, 'external-dns').sources).toEqual(['gateway-httproute']);
    expect(values(served(production), 'kong').podLabels).toEqual({ 'slipway.dev/workload': 'kong' });
  });
});

test('installs Knative where models are its Services, and nowhere else', () => {
  const { ml } = workstation;
  if (ml === undefined || ml.exposure === 'istio-gateway') throw new Error('A workstation serves models behind Kong');

  expect(names({ ...workstation, ml: { ...ml, mode: 'Knative', models: [] } })).toContain('knative-operator');
  expect(names(workstation)).not.toContain('knative-operator');
});
