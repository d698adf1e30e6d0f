import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

import {
  ClusterSecretStore,
  type ClusterSecretStoreSpecProvider,
  ClusterSecretStoreSpecProviderAwsService,
  ClusterSecretStoreSpecProviderAzurekvAuthType,
} from '../../imports/external-secrets.io';
import type { AddonNamespace } from '../kubernetes/namespaces';
import { fromAddon } from '../kubernetes/sync-options';
import { ground, stores } from '../kubernetes/sync-wave';
import type { Region } from '../regions/region';
import { LOCAL_STORE, SECRET_STORE } from '../security/secret-store';
import { workloadIdentity } from '../security/workload-identity';
import { letRead, secretsOf } from './cluster-store';

const NAMESPACE: AddonNamespace = 'external-secrets';

/** The identity that reads secrets. Not the operator's own: its token is asked for only to read them. */
const ACCOUNT = { name: 'secret-store', namespace: NAMESPACE };

/** Properties for `PlatformStore`. */
export interface PlatformStoreProps {
  readonly region: Region;

  /** Namespaces whose ExternalSecrets it serves. */
  readonly namespaces: readonly string[];
}

/** Where the secrets of the target come from, read by an identity of the cluster: no credential leads to the others. */
export class PlatformStore extends Construct {
  /**
   * @throws RangeError if the platform keeps its secrets in another cloud than the region is in
   */
  constructor(scope: Construct, { region, namespaces }: PlatformStoreProps) {
    super(scope, 'secret-store');

    new k8s.KubeServiceAccount(this, 'account', {
      metadata: { ...ACCOUNT, annotations: { ...ground, ...workloadIdentity(region.cloud, ACCOUNT.name).annotations } },
      automountServiceAccountToken: false,
    });
    // On a developer's machine the store is a Secret that a person filled, and this one is all that may be read.
    if (region.platform.secretStore === 'kubernetes') letRead(this, LOCAL_STORE, ACCOUNT);

    new ClusterSecretStore(this, 'store', {
      metadata: { name: SECRET_STORE, annotations: { ...stores, ...fromAddon } },
      spec: { provider: providerOf(region), conditions: [{ namespaces: [...namespaces] }] },
    });
  }
}

function providerOf({ name, cloud, platform: { secretStore } }: Region): ClusterSecretStoreSpecProvider {
  if (secretStore === 'aws-secrets-manager' && cloud.kind === 'aws') {
    const service = ClusterSecretStoreSpecProviderAwsService.SECRETS_MANAGER;
    return { aws: { service, region: cloud.region, auth: { jwt: { serviceAccountRef: ACCOUNT } } } };
  }
  if (secretStore === 'azure-key-vault' && cloud.kind === 'azure') {
    const authType = ClusterSecretStoreSpecProviderAzurekvAuthType.WORKLOAD_IDENTITY;
    return {
      azurekv: { authType, tenantId: cloud.tenantId, vaultUrl: `https://${cloud.vault}.vault.azure.net`, serviceAccountRef: ACCOUNT },
    };
  }
  if (secretStore === 'gcp-secret-manager' && cloud.kind === 'gcp') {
    const { project, location, cluster } = cloud;
    const workloadIdentity = { clusterLocation: location, clusterName: cluster, clusterProjectId: project, serviceAccountRef: ACCOUNT };
    return { gcpsm: { projectId: project, auth: { workloadIdentity } } };
  }
  if (secretStore === 'kubernetes') return { kubernetes: secretsOf(LOCAL_STORE.namespace, ACCOUNT) };
  throw new RangeError(
    `Cannot read secrets of "${name}" as ${secretStore} is not in a cloud of kind ${cloud.kind}: correct the region's cloud`,
  );
}
