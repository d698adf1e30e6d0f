import { problems } from '../testing/problems';

const service = (fields: object) => problems('services-stay-inside', ({ get }) => Object.assign(get('Service/web').spec, fields));

test.each<[object, string]>([
  [{ type: 'NodePort' }, '/spec/type is NodePort, which the gateway alone may be'],
  [{ type: 'LoadBalancer' }, '/spec/type is LoadBalancer, which the gateway alone may be'],
  [{ externalIPs: ['203.0.113.7'] }, '/spec/externalIPs take over addresses of others'],
  [{ ports: [{ name: 'http', port: 80, nodePort: 30080 }] }, '/spec/ports/0/nodePort is 30080, a port of every node'],
])('fails for %j', (fields, message) => {
  expect(service(fields)).toEqual([`Service/web: ${message}`]);
});

test('accepts a Service inside of the cluster', () => {
  expect(service({ type: 'ClusterIP', externalIPs: [] })).toEqual([]);
});
