import { Construct } from 'constructs';

import { IpAddressPool, L2Advertisement } from '../../imports/metallb.io';
import type { AddonNamespace } from '../kubernetes/namespaces';
import { fromAddon } from '../kubernetes/sync-options';
import { routes } from '../kubernetes/sync-wave';
import type { Region } from '../regions/region';

const NAME = 'local-network';

/** The addresses that MetalLB gives to load balancers, and its answer to whoever on the network asks where they are. */
export class AddressPool extends Construct {
  /**
   * @throws RangeError if the region names no addresses
   */
  constructor(scope: Construct, { name, addressPool }: Region) {
    super(scope, 'address-pool');

    if (addressPool === undefined) {
      throw new RangeError(
        `Cannot give load balancers of "${name}" addresses as MetalLB has none of its own: give the region an addressPool`,
      );
    }

    const namespace: AddonNamespace = 'metallb-system';
    const metadata = { name: NAME, namespace, annotations: { ...routes, ...fromAddon } };
    new IpAddressPool(this, 'pool', { metadata, spec: { addresses: [addressPool] } });
    new L2Advertisement(this, 'advertisement', { metadata, spec: { ipAddressPools: [NAME] } });
  }
}
