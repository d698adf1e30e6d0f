import type { Construct } from 'constructs';

import type { Peer } from '../kubernetes/endpoint';
import type { SecretKey } from '../kubernetes/secret-key';
import { allowNetwork } from '../security/connect';
import { DeliveredSecret, type DeliveredSecretProps } from '../security/delivered-secret';

/** Elasticsearch that somebody runs beside the cluster. It also ends what is old. */
export interface Elasticsearch {
  readonly kind: 'elasticsearch';

  /** `https://<host>`, on port 443 if it says no other. */
  readonly url: string;

  /** Addresses that the host has: `10.0.0.0/16`. */
  readonly network: string;
}

/** Variables by which a program of OpenTelemetry knows whom it writes as. */
export const WRITER = { user: 'STORAGE_USER', password: 'STORAGE_PASSWORD' } as const;

/** The same as its configuration says it: the program puts the variables in their places. */
export const writer = { user: `\${env:${WRITER.user}}`, password: `\${env:${WRITER.password}}` } as const;

/** A user of it, by reference. */
export interface Login {
  readonly user: SecretKey;
  readonly password: SecretKey;
}

/**
 * Delivers a user and its password.
 *
 * @param name name of the Secret; the store knows them as `<name>-user` and `<name>-password`
 */
export function deliverLogin(scope: Construct, name: string, to: Pick<DeliveredSecretProps, 'store' | 'namespace'>): Login {
  const secret = new DeliveredSecret(scope, name, { ...to, values: { user: `${name}-user`, password: `${name}-password` } });
  return { user: secret.key('user'), password: secret.key('password') };
}

/**
 * Lets pods reach it.
 *
 * @param name what it is to them, in the name of the policy
 */
export function allowElasticsearch(
  caller: Peer & { readonly scope: Construct },
  name: string,
  { url, network }: Omit<Elasticsearch, 'kind'>,
): void {
  allowNetwork(caller, name, network, Number(new URL(url).port || 443));
}
