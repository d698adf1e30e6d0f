import { problems } from '../testing/problems';

const service = (fields: object) => problems('services-stay-inside', ({ get }) => Object.assign(get('Service/web').spec, fields));

test.each<[object, string]>([
  [{ type: 'NodePort' }, '/spec/type is NodePort: only the gateway may be reached from outside of the cluster'],
  [{ type: 'LoadBalancer' }, '/spec/type is LoadBalancer: only the gateway may be reached from outside of the cluster'],
  [{ externalIPs: ['203.0.113.7'] }, '/spec/externalIPs are set: the Service would take over these addresses in the whole cluster'],
  [{ ports: [{ name: 'http', port: 80, nodePort: 30080 }] }, '/spec/ports/0/nodePort is 30080: it would be open on every node'],
])('fails for %j', (fields, message) => {
  expect(service(fields)).toEqual([`Service/web: ${message}`]);
});

test('accepts a Service inside of the cluster', () => {
  expect(service({ type: 'ClusterIP', externalIPs: [] })).toEqual([]);
});
