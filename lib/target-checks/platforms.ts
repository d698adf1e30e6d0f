import type { Cloud, Region } from '../regions/region';
import type { Mistake } from './plain-values';

type PlatformName = Region['platform']['name'];

/** What each platform is a part of; the others run on a machine of one's own. */
const CLOUDS: Readonly<Record<PlatformName, Cloud['kind']>> = {
  ...{ aks: 'azure', eks: 'aws', gke: 'gcp' },
  ...{ microk8s: 'none', k3s: 'none', minikube: 'none' },
};

const STORES: Readonly<Record<Cloud['kind'], Region['platform']['secretStore']>> = {
  ...{ aws: 'aws-secrets-manager', azure: 'azure-key-vault', gcp: 'gcp-secret-manager', none: 'kubernetes' },
};

/** A platform that is not in the region's cloud. */
export function cloudMistake({ platform: { name }, cloud }: Region): Mistake | undefined {
  const kind = CLOUDS[name];
  if (cloud.kind === kind) return undefined;
  const where = kind === 'none' ? 'in no cloud' : `on ${kind}`;
  return { path: ['region', 'cloud', 'kind'], mistake: `${name} runs ${where}: use "${kind}", or another platform` };
}

/** What a platform is, and what the region says of itself. */
export function* platformMistakes(region: Region): Generator<Mistake> {
  const { platform, cloud, gpuPool, addressPool, sharedFileSystem } = region;
  const { storage, loadBalancer, name } = platform;
  const say = (path: string, mistake: string): Mistake => ({ path: ['region', ...path.split('.')], mistake });

  if (platform.secretStore !== STORES[cloud.kind])
    yield say('platform.secretStore', `secrets of ${name} are kept in ${STORES[cloud.kind]}: use "${STORES[cloud.kind]}"`);
  if ((loadBalancer.kind === 'cloud') !== (cloud.kind !== 'none'))
    yield say(
      'platform.loadBalancer.kind',
      cloud.kind === 'none'
        ? 'no cloud makes one for a machine: use "metallb" or another'
        : `nobody outside of the cluster would reach the gateway on ${name}: use "cloud"`,
    );
  else if (addressPool !== undefined && loadBalancer.kind !== 'metallb')
    yield say('addressPool', `MetalLB alone hands addresses out, and ${name} has a load balancer of its own: take it out`);
  if (gpuPool !== undefined && platform.devicePlugin === 'none')
    yield say('platform.devicePlugin', 'without one no node of its gpuPool offers a GPU: name who installs it');
  if (platform.devicePlugin === 'managed' && name !== 'gke')
    yield say('platform.devicePlugin', `${name} installs none by itself: use "daemonset" or "operator"`);
  if (storage.snapshotDriver !== undefined && storage.snapshotDriver !== storage.block.provisioner)
    yield say(
      'platform.storage.snapshotDriver',
      `volumes are made by ${storage.block.provisioner}, and another driver takes no snapshots of them: name it`,
    );
  if (storage.block.provisioner === 'ebs.csi.aws.com' && storage.block.parameters['encrypted'] !== 'true')
    yield say('platform.storage.block.parameters.encrypted', 'disks of EBS are written in plain text otherwise: write "true"');
  const isEfs = storage.shared.provisioner === 'efs.csi.aws.com';
  if (sharedFileSystem !== undefined && !isEfs)
    yield say('sharedFileSystem', `${storage.shared.provisioner} makes one for each volume: take it out`);
  if (sharedFileSystem !== undefined && isEfs && !/^fs-[\da-f]{8,40}$/.test(sharedFileSystem))
    yield say('sharedFileSystem', 'it is no file system of EFS: copy its id, such as "fs-0123456789abcdef0"');
}
