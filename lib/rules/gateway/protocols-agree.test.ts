import { problems } from '../testing/problems';

const found = (protocol: string | undefined, scheme?: string) =>
  problems('protocols-agree', ({ get }) => {
    get('Service/web').metadata.annotations = protocol === undefined ? {} : { 'konghq.com/protocol': protocol };
    for (const container of get('Deployment/web').spec.template.spec.containers) {
      for (const probe of ['readinessProbe', 'livenessProbe', 'startupProbe']) {
        if (container[probe]?.httpGet !== undefined && scheme !== undefined) container[probe].httpGet.scheme = scheme;
      }
    }
  });
const AT = 'Service/web: /metadata/annotations/konghq.com~1protocol';

test('accepts the protocol that kubelet speaks as well, and none', () => {
  expect([...found(undefined), ...found('http'), ...found('grpc'), ...found('https', 'HTTPS')]).toEqual([]);
});

test('fails for TLS to a server of plain HTTP, and for the reverse', () => {
  expect(found('https')).toEqual([`${AT} is "https", and kubelet asks Deployment/web over HTTP at port 8080`]);
  expect(found('http', 'HTTPS')).toEqual([`${AT} is "http", and kubelet asks Deployment/web over HTTPS at port 8080`]);
});

test('fails for a protocol that Kong does not know', () => {
  expect(found('h2c')).toEqual([`${AT} is "h2c", not one of http, https, grpc, grpcs, tcp, tls, ws, wss`]);
});
