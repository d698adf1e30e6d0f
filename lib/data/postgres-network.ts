import type { Construct } from 'constructs';

import type { Endpoint, Peer } from '../kubernetes/endpoint';
import { scrapePods } from '../observability/scrape';
import { allowApiServer, connect } from '../security/connect';

/** CloudNativePG's operator, which its chart installs. */
const operator: Peer = { name: 'cloudnative-pg', namespace: 'cnpg-system', pods: { 'app.kubernetes.io/name': 'cloudnative-pg' } };

/** Port on which an instance tells the operator how it is. */
const STATUS_PORT = 8000;

/** Port of the exporter that runs in every instance. */
const METRICS_PORT = 9187;

/** Opens what a cluster needs to be run, watched and replicated. Its clients open their own way, one by one. */
export function connectPostgres(instances: Endpoint & { readonly scope: Construct }): void {
  const { name } = instances;
  connect(instances, instances); // replication, and the copy that a new instance begins with
  connect(operator, instances);
  connect(operator, { ...instances, name: `${name}-status`, podPort: STATUS_PORT });
  // Instances report to the API server, and learn from it which of them is the primary.
  allowApiServer(instances);
  scrapePods({ ...instances, name: `${name}-metrics`, podPort: METRICS_PORT }, { port: 'metrics' });
}
