import { PROBES_FROM } from '../../kubernetes/mesh';
import type { Data } from '../fields';
import { record, records } from '../fields';
import type { Rule } from '../rule';

const PROBES = ['startupProbe', 'livenessProbe', 'readinessProbe'] as const;

export const membersAreProbed: Rule = {
  id: 'members-are-probed',
  title: 'A policy that lets kubelet probe members of the mesh opens the port of every probe of theirs.',
  why: 'In the mesh, kubelet’s probes come from an address of Istio’s, which network policies block like any other: a container whose probed port is not opened never becomes ready, or is restarted again and again.',
  fix: 'Name the probe ports of all containers in joinMesh() of lib/security/mesh-member.ts.',
  *check(target) {
    for (const { object, field, selected } of target.selections) {
      if (object.kind !== 'NetworkPolicy' || field !== '/spec/podSelector') continue;
      const index = records(object.spec?.ingress).findIndex(fromKubelet);
      if (index < 0) continue;
      const open = new Set(records(object.spec?.ingress?.[index]?.ports).map(({ port }) => port));
      const members = new Set(selected.map((pods) => pods.object));
      for (const { containers, object: workload } of target.workloads) {
        if (!members.has(workload)) continue;
        for (const { spec } of containers) {
          const port = PROBES.map((probe) => probedPort(spec, record(spec[probe]))).find(
            (probed) => probed !== undefined && !open.has(probed),
          );
          if (port === undefined) continue;
          const message = `leaves out ${port}, at which kubelet probes container ${spec.name} of ${workload.kind}/${workload.metadata.name}`;
          yield { object, field: `/spec/ingress/${index}/ports`, message };
        }
      }
    }
  },
};

const fromKubelet = ({ from }: Data): boolean => records(from).some(({ ipBlock }) => record(ipBlock).cidr === PROBES_FROM);

/** The port that a probe asks at; undefined for one that runs a command. */
function probedPort({ ports }: Data, { httpGet, tcpSocket, grpc }: Data): unknown {
  const { port } = record(httpGet ?? tcpSocket ?? grpc);
  return records(ports).find(({ name }) => name === port)?.containerPort ?? port;
}
