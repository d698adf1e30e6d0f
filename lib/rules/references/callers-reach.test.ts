import { behindIstio } from '../testing/behind-istio';
import { problems } from '../testing/problems';
import type { Draft, Drafts } from '../testing/sample-target';

const without = (...names: readonly string[]) =>
  problems('callers-reach', ({ remove }) => remove(...names.map((name) => `NetworkPolicy/${name}`)));

test('accepts connections that a policy lets through on both sides', () => {
  expect(problems('callers-reach')).toEqual([]);
});

test('fails for a route whose backend lets no proxy in', () => {
  expect(without('web-from-kong')).toEqual([
    'HTTPRoute/web: /spec/rules/0/backendRefs/0 has the pods with slipway.dev/workload=kong in edge call Deployment/web in app on port http, but no NetworkPolicy lets that into namespace app',
  ]);
});

test('fails once for a released server that lets no proxy in, in either phase', () => {
  expect(without('model-from-kong')).toEqual([
    expect.stringContaining(
      'Canary/model: /spec/service/gatewayRefs has the pods with slipway.dev/workload=kong in edge call Deployment/model in llm (canary and primary pods)',
    ),
  ]);
});

test('leaves a gateway that is not there, and a port of a name that is not there, to the rules about them', () => {
  const route = (change: (route: Draft) => void) => problems('callers-reach', ({ get }) => change(get('HTTPRoute/web').spec));

  expect(route(({ parentRefs }) => Object.assign(parentRefs[0], { name: 'nobody' }))).toEqual([]);
  expect(problems('callers-reach', ({ get }) => Object.assign(get('Service/web').spec.ports[0], { targetPort: 'nothing' }))).toEqual([]);
});

const prometheus = {
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'Prometheus',
  metadata: { name: 'prometheus', namespace: 'watch' },
};
const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'watch' } };
const watched = (...names: readonly string[]) =>
  problems('callers-reach', ({ add, get, remove }) => {
    add(namespace, prometheus);
    for (const name of ['web-from-prometheus', 'model-from-prometheus']) {
      get(`NetworkPolicy/${name}`).spec.ingress[0].from[0].namespaceSelector.matchLabels['kubernetes.io/metadata.name'] = 'watch';
    }
    remove(...names.map((name) => `NetworkPolicy/${name}`));
  });

test('accepts what Prometheus reads where it is let in, and monitors of a target without Prometheus', () => {
  expect(watched()).toEqual([]);
  expect(without('web-from-prometheus')).toEqual([]);
});

test('fails for pods that Prometheus may not read', () => {
  expect(watched('web-from-prometheus')).toEqual([
    expect.stringContaining('ServiceMonitor/web: /spec/endpoints/0 has Prometheus/prometheus in watch call Deployment/web'),
  ]);
  expect(watched('model-from-prometheus')).toEqual([expect.stringContaining('(canary and primary pods)')]);
});

test('fails for a database that its operator may not ask', () => {
  expect(without('database-from-cloudnative-pg')).toEqual([expect.stringContaining('call Cluster/database in llm on port 8000')]);
});

test('fails for a policy that opens another port, or to other pods', () => {
  const rule = (change: (rule: Draft) => void) =>
    problems('callers-reach', ({ get }) => change(get('NetworkPolicy/web-from-kong').spec.ingress[0]));

  expect(
    rule(({ ports }) => {
      ports[0].port = 80;
    }),
  ).toEqual([expect.stringMatching(/lets that into namespace app \(NetworkPolicy\/web-from-kong in app opens 80\/TCP\)$/)]);
  expect(
    rule(({ ports }) => {
      ports[0].protocol = 'UDP';
    }),
  ).toEqual([expect.stringMatching(/\(NetworkPolicy\/web-from-kong in app opens 8080\/UDP\)$/)]);
  expect(
    rule(({ from }) => {
      from[0].podSelector.matchLabels = { 'slipway.dev/workload': 'kong-internal' };
    }),
  ).toHaveLength(1);
  expect(
    rule(({ from }) => {
      from[0].namespaceSelector.matchLabels = { 'kubernetes.io/metadata.name': 'app' };
    }),
  ).toHaveLength(1);
});

test('accepts a policy that opens more', () => {
  const rule = (wider: Draft) =>
    problems('callers-reach', ({ get }) => {
      get('NetworkPolicy/web-from-kong').spec.ingress = [wider];
    });

  expect(rule({})).toEqual([]);
  expect(rule({ ports: [{ port: 'http' }] })).toEqual([]);
  expect(rule({ ports: [{ port: 8000, endPort: 8100 }] })).toEqual([]);
  expect(rule({ from: [{ namespaceSelector: {} }] })).toEqual([]);
});

test('asks for a policy on each side where a pod calls a Service of its namespace by name alone', () => {
  const called = problems('callers-reach', ({ get }) => {
    get('Deployment/web').spec.template.spec.containers[0].env.push({ name: 'PEERS', value: 'http://web:80/peers' });
  });

  expect(called).toEqual([
    expect.stringMatching(
      /^Deployment\/web: .*\/env\/\d+\/value has Deployment\/web in app call .* lets that out of namespace app, nor into namespace app$/,
    ),
  ]);
});

describe('a host in the settings of a pod', () => {
  const host = 'database-rw.llm.svc.cluster.local';
  const open = ({ add }: Drafts, ...sides: readonly string[]) => {
    const policy = (name: string, namespace: string, podSelector: Draft, rules: Draft, type: string) => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name, namespace },
      spec: { podSelector, policyTypes: [type], ...rules },
    });
    const web = { matchLabels: { 'slipway.dev/workload': 'web' } };
    const database = { matchLabels: { 'cnpg.io/cluster': 'database' } };
    const peer = (namespace: string, podSelector: Draft) => ({
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
      podSelector,
    });
    if (sides.includes('out'))
      add(policy('out', 'app', web, { egress: [{ to: [peer('llm', database)], ports: [{ port: 5432 }] }] }, 'Egress'));
    if (sides.includes('in'))
      add(policy('in', 'llm', database, { ingress: [{ from: [peer('app', web)], ports: [{ port: 5432 }] }] }, 'Ingress'));
  };
  const places: readonly (readonly [string, (drafts: Drafts) => void])[] = [
    ['variable', ({ get }) => get('Deployment/web').spec.template.spec.containers[0].env.push({ name: 'PGHOST', value: host })],
    [
      'argument',
      ({ get }) => {
        get('Deployment/web').spec.template.spec.containers[0].args = [`--db=${host}`];
      },
    ],
    [
      'file',
      ({ get }) => {
        get('ConfigMap/web-config').data['config.yaml'] = `db:\n  host: ${host}\n`;
      },
    ],
    [
      'secret',
      ({ get }) => {
        get('ExternalSecret/web-keys').spec.target.template = { data: { 'api-key': `postgresql://web:{{ .password }}@${host}/web` } };
      },
    ],
  ];

  test.each(places)('of a %s asks for a policy on each side', (_, name) => {
    const check = (...sides: readonly string[]) =>
      problems('callers-reach', (drafts) => {
        name(drafts);
        open(drafts, ...sides);
      });

    expect(check('in', 'out')).toEqual([]);
    expect(check('out')).toEqual([
      expect.stringMatching(/call Cluster\/database in llm on port 5432, but no NetworkPolicy lets that into namespace llm$/),
    ]);
    expect(check('in')).toEqual([expect.stringMatching(/has Deployment\/web in app call .* lets that out of namespace app$/)]);
  });
});

test('knows a port that a monitor gives by its number', () => {
  const numbered = (portNumber: number) =>
    problems('callers-reach', ({ add, get }) => {
      add(namespace, prometheus);
      for (const name of ['web-from-prometheus', 'model-from-prometheus']) {
        get(`NetworkPolicy/${name}`).spec.ingress[0].from[0].namespaceSelector.matchLabels['kubernetes.io/metadata.name'] = 'watch';
      }
      get('PodMonitor/model').spec.podMetricsEndpoints = [{ portNumber }];
    });

  expect(numbered(8080)).toEqual([]);
  expect(numbered(9999)).toHaveLength(1);
});

describe('a route of Istio', () => {
  const behind = (change: (drafts: Drafts) => void) =>
    problems('callers-reach', (drafts) => {
      behindIstio(drafts);
      change(drafts);
    });
  const called = (port: number | string) =>
    `VirtualService/models: /spec/http/0/route/0/destination has the pods with istio=ingressgateway in istio-ingress call Deployment/web in app on port ${port}, but no NetworkPolicy lets that into namespace app`;

  test('is let through where the pods of its gateway are', () => {
    expect(behind(() => {})).toEqual([]);
  });

  test('fails where they are not', () => {
    expect(behind(({ remove }) => remove('NetworkPolicy/web-from-istio'))).toEqual([called('http')]);
  });

  test('needs the tunnel where it leads to members of the mesh', () => {
    const member = ({ get }: Drafts) => {
      get('Namespace/app').metadata.labels['istio.io/dataplane-mode'] = 'ambient';
    };
    const open = (drafts: Drafts) => {
      member(drafts);
      drafts.get('NetworkPolicy/web-from-istio').spec.ingress[0].ports.push({ port: 15008 });
    };

    expect(behind(member)).toEqual([`${called(15008)} (NetworkPolicy/web-from-istio in app opens 8080/TCP)`]);
    expect(behind(open)).toEqual([]);
  });
});

test('fails for a plugin for everybody that asks a port which no policy opens', () => {
  expect(
    problems('callers-reach', ({ add, remove }) => {
      remove('NetworkPolicy/web-from-kong', 'HTTPRoute/web');
      add({
        ...{ apiVersion: 'configuration.konghq.com/v1', kind: 'KongClusterPlugin', plugin: 'opentelemetry' },
        metadata: { name: 'traces', labels: { global: 'true' }, annotations: { 'kubernetes.io/ingress.class': 'kong' } },
        config: { traces_endpoint: 'http://web.app.svc:80/v1/traces' },
      });
    }),
  ).toEqual([
    'KongClusterPlugin/traces: /config/traces_endpoint has the pods with slipway.dev/workload=kong in edge call Deployment/web in app on port http, but no NetworkPolicy lets that into namespace app',
  ]);
});

describe('a mesh that takes encrypted calls alone', () => {
  const istio = (kind: string, spec: Draft): Draft => ({
    ...{ apiVersion: 'security.istio.io/v1', kind, metadata: { name: 'members', namespace: 'app' }, spec },
  });
  const TUNNEL = { port: 15008 };
  const meshed = (change: (drafts: Drafts) => void = () => {}, callers: readonly string[] = ['app', 'edge', 'monitoring']) =>
    problems('callers-reach', (drafts) => {
      const { get, add } = drafts;
      get('Namespace/app').metadata.labels['istio.io/dataplane-mode'] = 'ambient';
      add(
        istio('PeerAuthentication', { mtls: { mode: 'STRICT' } }),
        istio('AuthorizationPolicy', { action: 'ALLOW', rules: [{ from: [{ source: { namespaces: callers } }] }] }),
        {
          ...{ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'in-mesh', namespace: 'app' } },
          spec: {
            podSelector: {},
            policyTypes: ['Ingress', 'Egress'],
            ingress: [{ from: [{ namespaceSelector: {} }], ports: [TUNNEL] }],
            egress: [{ to: [{ namespaceSelector: {} }], ports: [TUNNEL] }],
          },
        },
      );
      change(drafts);
    });

  test('is called through the tunnel by those whom its policy names', () => {
    expect(meshed()).toEqual([]);
    expect(meshed(({ get }) => Object.assign(get('AuthorizationPolicy/members').spec, { rules: [{}] }))).toEqual([]);
  });

  test('fails once where no policy lets the tunnel in', () => {
    const found = meshed(({ get }) => void get('NetworkPolicy/in-mesh').spec.ingress.splice(0, 1));

    expect(found.filter((each) => each.includes('into namespace app'))).toEqual([
      expect.stringMatching(/through the mesh, but no NetworkPolicy lets its tunnel, port 15008, into namespace app$/),
    ]);
  });

  test('fails for callers whom nobody names', () => {
    expect(meshed(() => {}, ['app', 'monitoring'])).toEqual([
      expect.stringMatching(
        /^AuthorizationPolicy\/members: \/spec\/rules let nobody in from edge to port 8080, though HTTPRoute\/web in app has/,
      ),
    ]);
    const principals = (each: string) =>
      meshed(({ get }) => {
        get('AuthorizationPolicy/members').spec.rules = [
          { from: [{ source: { namespaces: ['app'] } }, { source: { principals: [`cluster.local/ns/${each}/sa/kong`] } }] },
        ];
      });
    expect(principals('edge')).toEqual([]);
    expect(principals('edges')).toHaveLength(1);
  });

  test('fails for calls to another port than its policy names', () => {
    const onPort = (port: string) =>
      meshed(({ get }) => {
        get('AuthorizationPolicy/members').spec.rules[0].to = [{ operation: { ports: [port] } }];
      }).filter((each) => each.includes('HTTPRoute/web'));

    expect(onPort('8080')).toEqual([]);
    expect(onPort('8081')).toEqual([expect.stringContaining('let nobody in from edge to port 8080, though HTTPRoute/web in app has')]);
  });

  test('fails for a caller of ours that is no member', () => {
    const [found] = watchedByOutsider();

    expect(found).toMatch(
      /Prometheus\/prometheus in watch call Deployment\/web in app, whose mesh takes encrypted calls alone, and the caller is no member of it$/,
    );
    expect(watchedByOutsider({ 'istio.io/dataplane-mode': 'ambient' })).toEqual([]);
  });

  const watchedByOutsider = (labels: Draft = {}) =>
    meshed(
      ({ add, get }) => {
        add(namespace, { ...structuredClone(prometheus), spec: { podMetadata: { labels } } });
        for (const name of ['web-from-prometheus', 'model-from-prometheus']) {
          get(`NetworkPolicy/${name}`).spec.ingress[0].from[0].namespaceSelector.matchLabels['kubernetes.io/metadata.name'] = 'watch';
        }
      },
      ['app', 'edge', 'watch'],
    );

  test('asks nothing of callers where plain text is taken as well', () => {
    expect(
      meshed(({ get, remove }) => {
        get('PeerAuthentication/members').spec.mtls.mode = 'PERMISSIVE';
        remove('AuthorizationPolicy/members');
      }),
    ).toEqual([]);
  });
});

describe('Alertmanagers', () => {
  const gossip = (replicas: number, ports: readonly object[]) =>
    problems('callers-reach', ({ add }) => {
      const selector = { matchLabels: { 'app.kubernetes.io/name': 'alertmanager' } };
      add(
        namespace,
        { ...prometheus, spec: { alerting: { alertmanagers: [{ name: 'alertmanager-operated', namespace: 'watch', port: 'web' }] } } },
        {
          ...{ apiVersion: 'monitoring.coreos.com/v1', kind: 'Alertmanager', metadata: { name: 'main', namespace: 'watch' } },
          spec: { replicas },
        },
        {
          ...{ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'main', namespace: 'watch' } },
          spec: { podSelector: selector, policyTypes: ['Ingress'], ingress: [{ ports }] },
        },
      );
    }).filter((each) => each.includes('call Alertmanager/main'));

  test('take alerts and hear of each other', () => {
    expect(gossip(2, [{ port: 9093 }, { port: 9094 }, { port: 9094, protocol: 'UDP' }])).toEqual([]);
    expect(gossip(1, [{ port: 9093 }])).toEqual([]);
  });

  test('fail where a policy leaves out one of both protocols, or the alerts', () => {
    expect(gossip(2, [{ port: 9093 }, { port: 9094 }])).toEqual([
      'Alertmanager/main: /spec/replicas has Alertmanager/main in watch call Alertmanager/main in watch on UDP port 9094, but no NetworkPolicy lets that into namespace watch',
    ]);
    expect(gossip(2, [{ port: 9093 }, { port: 9094, protocol: 'UDP' }])).toEqual([expect.stringContaining('on port 9094')]);
    expect(gossip(1, [{ port: 9094 }])).toEqual([
      expect.stringContaining('Prometheus/prometheus: /spec/alerting/alertmanagers/0 has Prometheus/prometheus in watch call'),
    ]);
  });
});
