import { Construct } from 'constructs';

import {
  ExternalSecretSpecTargetCreationPolicy as CreationPolicy,
  ExternalSecretSpecTargetDeletionPolicy as DeletionPolicy,
  ExternalSecretSpecTargetTemplateEngineVersion as EngineVersion,
  ExternalSecret,
  type ExternalSecretSpecTargetTemplate,
  ExternalSecretSpecSecretStoreRefKind as StoreKind,
} from '../../imports/external-secrets.io';
import type { SecretKey } from '../kubernetes/secret-key';
import { fromAddon } from '../kubernetes/sync-options';
import { beforeWorkloads } from '../kubernetes/sync-wave';
import type { SecretStore } from './secret-store';

/** Properties for `DeliveredSecret`. */
export interface DeliveredSecretProps {
  readonly store: SecretStore;

  /** Values to fetch: key in the Secret → name in the store. */
  readonly values: Readonly<Record<string, string>>;

  /**
   * Keys of the Secret composed of fetched values, as External Secrets templates (`{{ .password }}`). The fetched values are then left out.
   *
   * @default - the fetched values themselves
   */
  readonly compose?: Readonly<Record<string, string>>;

  /**
   * Type of the Secret.
   *
   * @default 'Opaque'
   */
  readonly type?: string;

  /**
   * Namespace of the Secret.
   *
   * @default - that of the app
   */
  readonly namespace?: string;

  /**
   * Labels of the Secret, for controllers that look for them.
   *
   * @default {}
   */
  readonly labels?: Readonly<Record<string, string>>;

  /**
   * Annotations of the Secret, for controllers that read them.
   *
   * @default {}
   */
  readonly annotations?: Readonly<Record<string, string>>;

  /**
   * When in a sync it is there, as `lib/kubernetes/sync-wave.ts` orders.
   *
   * @default - before the workloads of the app
   */
  readonly wave?: Readonly<Record<string, string>>;
}

/** A Secret that External Secrets fetches from the target's store and keeps current. The value is nowhere in Git. */
export class DeliveredSecret extends Construct {
  private readonly keys: ReadonlySet<string>;

  constructor(
    scope: Construct,
    /** Name of the Secret. */
    private readonly secretName: string,
    props: DeliveredSecretProps,
  ) {
    super(scope, `${secretName}-secret`);

    const { store, values, compose, type = 'Opaque', namespace, labels = {}, annotations = {}, wave = beforeWorkloads } = props;
    this.keys = new Set(Object.keys(compose ?? values));

    new ExternalSecret(this, 'external-secret', {
      metadata: { name: secretName, annotations: { ...wave, ...fromAddon }, ...(namespace === undefined ? {} : { namespace }) },
      spec: {
        refreshInterval: '1h',
        secretStoreRef: { kind: StoreKind.CLUSTER_SECRET_STORE, name: store.name },
        target: {
          name: secretName,
          creationPolicy: CreationPolicy.OWNER,
          // A store that is unreachable or emptied by mistake must not take running services along.
          deletionPolicy: DeletionPolicy.RETAIN,
          template: template(type, compose, labels, annotations),
        },
        data: Object.entries(values).map(([secretKey, name]) => ({ secretKey, remoteRef: store.reference(name) })),
      },
    });
  }

  /**
   * A reference to one value.
   *
   * @throws RangeError if the Secret has no such key
   */
  public key(key: string): SecretKey {
    if (!this.keys.has(key)) {
      throw new RangeError(
        `Cannot read "${key}" as Secret "${this.secretName}" holds only ${[...this.keys].join(', ')}: deliver it there first`,
      );
    }
    return { secret: this.secretName, key };
  }
}

/** Rotating a credential must not start a canary, so Flagger leaves delivered Secrets alone. */
function template(
  type: string,
  compose: DeliveredSecretProps['compose'],
  labels: Readonly<Record<string, string>>,
  annotations: Readonly<Record<string, string>>,
): ExternalSecretSpecTargetTemplate {
  return {
    type,
    engineVersion: EngineVersion.V2,
    metadata: {
      annotations: { 'flagger.app/config-tracking': 'disabled', ...annotations },
      ...(Object.keys(labels).length === 0 ? {} : { labels: { ...labels } }),
    },
    ...(compose === undefined ? {} : { data: { ...compose } }),
  };
}
