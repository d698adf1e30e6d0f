import { records } from '../fields';
import type { Rule } from '../rule';

export const servicesStayInside: Rule = {
  id: 'services-stay-inside',
  title: 'Nothing but the gateway is reached from outside of the cluster.',
  why: 'A port of the nodes or an address of its own goes past the gateway: no TLS, no authentication, no rate limit, and network policies see the node as the caller. An external address takes over the traffic of another host.',
  fix: 'Publish it with a route of the gateway, or write an exception at the Service.',
  alone: true,
  *check(target) {
    for (const object of target.all('Service')) {
      const { type, externalIPs, ports } = object.spec ?? {};
      if (type === 'NodePort' || type === 'LoadBalancer')
        yield { object, field: '/spec/type', message: `is ${type}, which the gateway alone may be` };
      if (Array.isArray(externalIPs) && externalIPs.length > 0)
        yield { object, field: '/spec/externalIPs', message: 'take over addresses of others' };
      for (const [i, { nodePort }] of records(ports).entries()) {
        if (nodePort !== undefined) yield { object, field: `/spec/ports/${i}/nodePort`, message: `is ${nodePort}, a port of every node` };
      }
    }
  },
};
