import type { SecretStore } from '../security/secret-store';

/** Secret of the gateway's certificate where the cluster's own CA signs it; clients know it by this name. */
export const INTERNAL_CERTIFICATE = 'kong-ssl-certs';

/**
 * Where the certificate of the cluster's own CA is taken from: what cert-manager puts beside each certificate that it signs. Not the
 * CA's own Secret, since a right is one to a Secret and not to a key of it: who may read that one could sign.
 */
export const internalCa: SecretStore = {
  name: 'internal-ca',
  reference: (key) => ({ key: INTERNAL_CERTIFICATE, property: key }),
};

/** Key of the CA's certificate, in the Secret and in its copies. */
export const CA_CERTIFICATE = 'ca.crt';
