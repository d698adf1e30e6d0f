import { problemAt } from '../delivered';
import { record } from '../fields';
import { HUB_CLUSTER } from '../fleet-index';
import { there } from '../references/there';
import type { FleetRule } from '../rule';

export const destinationsKnown: FleetRule = {
  id: 'destinations-known',
  title: 'Every Application deploys to one cluster that is registered, and the folder of a target to the cluster of that target.',
  why: 'Argo CD refuses a destination with both a name and a server, or with an unknown name; the name of another cluster deploys the manifests of one region to another.',
  fix: 'Write destination.name alone: <environment>-<region> of the target that the folder belongs to.',
  *checkFleet(fleet) {
    for (const delivered of fleet.applications) {
      const { name, server, namespace } = record(record(delivered.application.spec).destination);
      const app = fleet.appOf(delivered);
      if (server !== undefined) {
        yield problemAt(
          delivered,
          '/spec/destination/server',
          `is written${name === undefined ? '' : ' beside a name'}: clusters are known by name`,
        );
      }
      if (name === undefined) {
        if (server === undefined) yield problemAt(delivered, '/spec/destination', 'names no cluster');
      } else if (!fleet.clusters.has(String(name))) {
        yield problemAt(
          delivered,
          '/spec/destination/name',
          `is "${name}", which is the cluster of no target${there(fleet.clusters.keys())}`,
        );
      } else if (app !== undefined && name !== `${app.environment}-${app.region}`) {
        yield problemAt(delivered, '/spec/destination/name', `is "${name}", but the folder is that of ${app.environment}/${app.region}`);
      } else if (name === HUB_CLUSTER && app !== undefined) {
        yield problemAt(delivered, '/spec/destination/name', 'is the cluster of Argo CD, where no target is deployed');
      }
      if (typeof namespace !== 'string' || namespace === '') yield problemAt(delivered, '/spec/destination/namespace', 'is not written');
    }
  },
};
