import { records } from '../fields';
import type { Rule } from '../rule';

export const servicesStayInside: Rule = {
  id: 'services-stay-inside',
  title: 'Nothing but the gateway is reached from outside of the cluster.',
  why: 'A port of the nodes or a load balancer of its own bypasses the gateway: no TLS, no authentication, no rate limit, and network policies see the node as the caller. An external IP takes over the traffic of another host.',
  fix: 'Publish it with PublicRoute of lib/routing/public-route.ts, or annotate the Service with exception() of lib/kubernetes/exception.ts.',
  alone: true,
  *check(target) {
    for (const object of target.all('Service')) {
      const { type, externalIPs, ports } = object.spec ?? {};
      if (type === 'NodePort' || type === 'LoadBalancer')
        yield { object, field: '/spec/type', message: `is ${type}: only the gateway may be reached from outside of the cluster` };
      if (Array.isArray(externalIPs) && externalIPs.length > 0)
        yield { object, field: '/spec/externalIPs', message: 'are set: the Service would take over these addresses in the whole cluster' };
      for (const [i, { nodePort }] of records(ports).entries()) {
        if (nodePort !== undefined)
          yield { object, field: `/spec/ports/${i}/nodePort`, message: `is ${nodePort}: it would be open on every node` };
      }
    }
  },
};
