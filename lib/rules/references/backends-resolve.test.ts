import { behindIstio } from '../testing/behind-istio';
import { problems } from '../testing/problems';
import type { Draft } from '../testing/sample-target';

const backend = (change: object) =>
  problems('backends-resolve', ({ get }) => void Object.assign(get('HTTPRoute/web').spec.rules[0].backendRefs[0], change));

test('fails for a Service that does not exist', () => {
  expect(backend({ name: 'webs' })).toEqual([
    'HTTPRoute/web: /spec/rules/0/backendRefs/0 names Service "webs", which does not exist in app (there: web)',
  ]);
});

test('fails for a port that the Service does not have', () => {
  expect(backend({ port: 8080 })).toEqual([
    'HTTPRoute/web: /spec/rules/0/backendRefs/0/port is 8080, a port that Service "web" does not have (there: http 80)',
  ]);
});

test('fails for a Service of another namespace without a grant', () => {
  expect(backend({ name: 'model', namespace: 'llm', port: 8000 })).toEqual([
    'HTTPRoute/web: /spec/rules/0/backendRefs/0 names Service "model" of namespace llm, where no ReferenceGrant allows an HTTPRoute of app to do so',
  ]);
});

test('accepts a Service that Flagger makes, with a grant', () => {
  const found = problems('backends-resolve', ({ get, add }) => {
    get('HTTPRoute/web').spec.rules[0].backendRefs = [{ name: 'model-primary', namespace: 'llm', port: 8000 }];
    add({
      apiVersion: 'gateway.networking.k8s.io/v1beta1',
      kind: 'ReferenceGrant',
      metadata: { name: 'from-app', namespace: 'llm' },
      spec: { from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'app' }], to: [{ group: '', kind: 'Service' }] },
    });
  });

  expect(found).toEqual([]);
});

test('fails for an Ingress and for a StatefulSet without their Service', () => {
  const found = problems('backends-resolve', ({ add }) => {
    const paths = [{ backend: { service: { name: 'web', port: { name: 'https' } } } }];
    add(
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'Ingress',
        metadata: { name: 'web', namespace: 'app' },
        spec: { rules: [{ http: { paths } }] },
      },
      { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'cache', namespace: 'app' }, spec: { serviceName: 'cache' } },
    );
  });

  expect(found).toEqual([
    'Ingress/web: /spec/rules/0/http/paths/0/backend/service/port is "https", a port that Service "web" does not have (there: http 80)',
    'StatefulSet/cache: /spec/serviceName names Service "cache", which does not exist in app (there: web)',
  ]);
});

describe('a destination of Istio', () => {
  const destination = (change: object, service: (spec: Draft) => void = () => {}) =>
    problems('backends-resolve', (drafts) => {
      behindIstio(drafts);
      Object.assign(drafts.get('VirtualService/models').spec.http[0].route[0].destination, change);
      service(drafts.get('Service/web').spec);
    });
  const at = 'VirtualService/models: /spec/http/0/route/0/destination';

  test('is a Service by its whole name, or by its own in the namespace', () => {
    expect([...destination({}), ...destination({ host: 'web' }), ...destination({ port: undefined })]).toEqual([]);
  });

  test('fails for a Service that does not exist', () => {
    expect([...destination({ host: 'webs.app.svc.cluster.local' }), ...destination({ host: 'web.llm.svc.cluster.local' })]).toEqual([
      `${at} names Service "webs", which does not exist in app (there: web)`,
      expect.stringContaining(`${at} names Service "web", which does not exist in llm (there: `),
    ]);
  });

  test('fails for a name with a dot, which Istio does not complete', () => {
    expect(destination({ host: 'web.app' })).toEqual([
      `${at} names host "web.app", which is no Service to Istio: write it as <name>.<namespace>.svc.cluster.local`,
    ]);
  });

  test('fails for a port that the Service does not have, and for none of several', () => {
    expect(destination({ port: { number: 8080 } })).toEqual([
      `${at}/port is 8080, a port that Service "web" does not have (there: http 80)`,
    ]);
    expect(destination({ port: undefined }, ({ ports }) => ports.push({ name: 'admin', port: 81 }))).toEqual([
      `${at} names no port of Service "web", which has 2`,
    ]);
  });
});
