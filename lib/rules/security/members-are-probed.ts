import type { Manifest } from '../../kubernetes/manifest';
import { PROBES_FROM } from '../../kubernetes/mesh';
import type { Data } from '../fields';
import { record, records } from '../fields';
import { hasMembers, isMember } from '../mesh';
import type { Problem, Rule } from '../rule';
import type { TargetIndex } from '../target-index';

const PROBES = ['startupProbe', 'livenessProbe', 'readinessProbe'] as const;

export const membersAreProbed: Rule = {
  id: 'members-are-probed',
  title: 'Kubelet may probe every member of the mesh, at the port of every probe.',
  why: 'In the mesh, kubelet’s probes come from an address of Istio’s, which network policies block like any other: a container whose probed port is not opened never becomes ready, or is restarted again and again.',
  fix: 'Name the probe ports of all containers in joinMesh() of lib/security/mesh-member.ts.',
  *check(target) {
    const opened = new Set<Manifest>();
    for (const { object, field, selected } of target.selections) {
      if (object.kind !== 'NetworkPolicy' || field !== '/spec/podSelector') continue;
      const index = records(object.spec?.ingress).findIndex(fromKubelet);
      if (index < 0) continue;
      const open = new Set(records(object.spec?.ingress?.[index]?.ports).map(({ port }) => port));
      const members = new Set(selected.map((pods) => pods.object));
      for (const { containers, object: workload } of target.workloads) {
        if (!members.has(workload)) continue;
        opened.add(workload);
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
    if (!hasMembers(target)) return;
    const told = new Set<string>();
    for (const { labels, namespace, object } of [...target.pods.values()].flat()) {
      if (object === undefined || opened.has(object) || !isMember({ labels, namespace }, target)) continue;
      opened.add(object);
      const [problem] = told.has(namespace) ? [] : unprobed(object, target);
      if (problem === undefined) continue;
      // What is missing for one is missing for all that it would let in.
      told.add(namespace);
      yield problem;
    }
  },
};

/** Members that no policy opens to kubelet by the address as it is written: a wider one may, or none does. */
function* unprobed(object: Manifest, target: TargetIndex): Iterable<Problem> {
  const pods = (target.pods.get(object.metadata.namespace ?? '') ?? []).filter((each) => each.object === object);
  const address = PROBES_FROM.replace(/\/.*/, '');
  for (const { spec, field } of containersOf(object, target)) {
    for (const probe of PROBES) {
      const port = Number(probedPort(spec, record(spec[probe])));
      if (Number.isNaN(port) || pods.every((each) => target.reachability.allowsAddress(each, 'Ingress', port, address))) continue;
      const message = `asks at ${port}, and no NetworkPolicy lets kubelet in, which comes from ${address} in the mesh`;
      yield { object, field: object.kind === 'InferenceService' ? field : `${field}/${probe}`, message };
      return;
    }
  }
}

/** Containers of a workload, or those that KServe runs for a model. */
function containersOf(object: Manifest, target: TargetIndex): readonly { readonly spec: Data; readonly field: string }[] {
  const workload = target.workloads.find((each) => each.object === object);
  if (workload !== undefined) return workload.containers;
  const runtime = String(record(record(record(object.spec).predictor).model).runtime);
  const found = target.find('ServingRuntime.serving.kserve.io', object.metadata.namespace ?? '', runtime);
  return records(found?.spec?.containers).map((spec) => ({ spec, field: '/spec/predictor/model/runtime' }));
}

const fromKubelet = ({ from }: Data): boolean => records(from).some(({ ipBlock }) => record(ipBlock).cidr === PROBES_FROM);

/** The port that a probe asks at; undefined for one that runs a command. */
function probedPort({ ports }: Data, { httpGet, tcpSocket, grpc }: Data): unknown {
  const { port } = record(httpGet ?? tcpSocket ?? grpc);
  return records(ports).find(({ name }) => name === port)?.containerPort ?? port;
}
