import type { Manifest } from '../kubernetes/manifest';
import { primary, type Release } from './canary';
import { type Data, record, records } from './fields';
import { OPERATED } from './pods';
import type { TargetIndex } from './target-index';

/** A Service as its clients see it. */
export interface ServicePorts {
  /** The Service, or what a controller makes it from. */
  readonly object: Manifest;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly { readonly name?: string; readonly port: number }[];
}

/** Every Service that a route or a monitor can mean, by `namespace/name`. */
export function servicesOf(target: TargetIndex): ReadonlyMap<string, ServicePorts> {
  const services = new Map<string, ServicePorts>();
  const add = (object: Manifest, name: string, ports: readonly Data[], labels: Readonly<Record<string, string>>): void => {
    const namespace = object.metadata.namespace ?? '';
    services.set(`${namespace}/${name}`, { object, namespace, labels, ports: ports as ServicePorts['ports'] });
  };

  for (const object of target.all('Service')) {
    add(object, object.metadata.name, records(object.spec?.ports), object.metadata.labels ?? {});
  }
  for (const object of target.all('Cluster.postgresql.cnpg.io')) {
    const roles = ['rw', 'ro', 'r'].map((role) => `${object.metadata.name}-${role}`);
    const further = records(object.spec?.managed?.services?.additional).map(({ serviceTemplate }) =>
      String(serviceTemplate?.metadata?.name),
    );
    for (const name of [...roles, ...further]) {
      add(object, name, [{ name: 'postgres', port: 5432 }], { 'cnpg.io/cluster': object.metadata.name });
    }
  }
  for (const { of, name, ports } of OPERATED) {
    const served = ports.map(({ name: port, containerPort }) => ({ name: port, port: containerPort }));
    for (const object of target.all(of)) add(object, `${name}-operated`, served, { [`operated-${name}`]: 'true' });
  }
  // KServe's own, by which its gateway knows a model.
  for (const object of target.all('InferenceService.serving.kserve.io')) {
    add(object, `${object.metadata.name}-predictor`, [{ name: 'http', port: 80 }], record(object.spec?.predictor?.labels));
  }
  for (const release of target.releases) {
    const { canary, apex } = release;
    for (const [name, role] of [
      [apex, 'apex'],
      [primary(apex), 'primary'],
      [`${apex}-canary`, 'canary'],
    ] as const) {
      const labels = record(canary.spec?.service?.[role]?.labels);
      add(canary, name, canaryPorts(release), { ...labels, [release.label]: name });
    }
  }
  return services;
}

function canaryPorts({ canary, workload }: Release): readonly Data[] {
  const { port, portName = 'http', portDiscovery } = record(canary.spec?.service);
  const discovered = portDiscovery === true ? (workload?.containers ?? []).flatMap(({ spec }) => records(spec.ports)) : [];
  return [{ name: portName, port }, ...discovered.map(({ name, containerPort }) => ({ name, port: containerPort }))];
}
