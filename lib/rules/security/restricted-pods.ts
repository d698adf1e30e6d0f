import { type Data, record, records } from '../fields';
import type { Rule } from '../rule';
import type { Workload } from '../workload';

const HOST = { hostNetwork: 'network', hostPID: 'processes', hostIPC: 'shared memory' };

/** What the restricted Pod Security Standard leaves of the volume types. */
const VOLUMES = new Set(['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'persistentVolumeClaim', 'projected', 'secret']);

export const restrictedPods: Rule = {
  id: 'restricted-pods',
  title: 'Every pod keeps the restricted Pod Security Standard, with a numeric user.',
  why: 'The namespace enforces the restricted Pod Security Standard and refuses the pod; kubelet cannot prove that a user given by name is not root.',
  fix: 'Use restrictedPod(user) and restrictedContainer of lib/security/restricted.ts, or annotate the workload with exception() of lib/kubernetes/exception.ts.',
  alone: true,
  *check(target) {
    for (const workload of target.workloads) {
      for (const [field, message] of podFaults(workload)) yield { object: workload.object, field, message };
      const pod = record(workload.pod.securityContext);
      for (const { spec, field } of workload.containers) {
        for (const [at, message] of containerFaults(spec, pod)) {
          yield { object: workload.object, field: `${field}${at}`, message: `${message} (container ${spec.name})` };
        }
      }
    }
  },
};

/** Settings of the kernel that belong to the pod alone. */
const SYSCTLS =
  /^(?:kernel\.shm_rmid_forced|net\.ipv4\.(?:ip_local_port_range|ip_unprivileged_port_start|tcp_syncookies|ping_group_range|ip_local_reserved_ports|tcp_(?:keepalive_time|fin_timeout|keepalive_intvl|keepalive_probes)))$/;

function* podFaults({ pod, field }: Workload): Iterable<[field: string, message: string]> {
  for (const [i, { name }] of records(pod.securityContext?.sysctls).entries()) {
    if (!SYSCTLS.test(String(name)))
      yield [`${field}/securityContext/sysctls/${i}/name`, `is ${name}, which changes the kernel of the node for all pods`];
  }
  for (const [name, what] of Object.entries(HOST)) {
    if (pod[name] === true) yield [`${field}/${name}`, `is true: the pod would share the ${what} of its node`];
  }
  for (const [i, volume] of records(pod.volumes).entries()) {
    const type = Object.keys(volume).find((name) => name !== 'name');
    if (type !== undefined && !VOLUMES.has(type))
      yield [`${field}/volumes/${i}/${type}`, 'is a volume of a type that the restricted standard forbids'];
  }
}

function* containerFaults(container: Data, pod: Data): Iterable<[field: string, message: string]> {
  const context = record(container.securityContext);
  const user = context.runAsUser ?? pod.runAsUser;
  const seccomp = record(context.seccompProfile ?? pod.seccompProfile).type;
  const added: readonly unknown[] = Array.isArray(context.capabilities?.add) ? context.capabilities.add : [];
  const dropped: readonly unknown[] = Array.isArray(context.capabilities?.drop) ? context.capabilities.drop : [];

  if ((context.runAsNonRoot ?? pod.runAsNonRoot) !== true) yield ['/securityContext/runAsNonRoot', 'is not true'];
  if (!(Number.isInteger(user) && user > 0)) yield ['/securityContext/runAsUser', `is ${user ?? 'missing'}, not a user other than root`];
  if (seccomp !== 'RuntimeDefault' && seccomp !== 'Localhost') yield ['/securityContext/seccompProfile', 'is not RuntimeDefault'];
  if (!dropped.includes('ALL')) yield ['/securityContext/capabilities/drop', 'does not drop ALL'];
  if (added.some((name) => name !== 'NET_BIND_SERVICE')) yield ['/securityContext/capabilities/add', `adds ${added.join(', ')}`];
  if (context.allowPrivilegeEscalation !== false) yield ['/securityContext/allowPrivilegeEscalation', 'is not false'];
  if (context.procMount !== undefined && context.procMount !== 'Default') yield ['/securityContext/procMount', 'is not Default'];
  if (context.privileged === true) yield ['/securityContext/privileged', 'is true'];
  if (records(container.ports).some(({ hostPort }) => hostPort !== undefined))
    yield ['/ports', 'has a hostPort: the container would take a port of the node'];
}
