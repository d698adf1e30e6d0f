import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { k8s } from 'cdk8s-plus-27';

import { MODELS_MOUNT, type StoredModel } from '../models/stored-model';
import { restrictedContainer } from '../security/restricted';
import { resourcesOf } from '../workloads/sizes';

/** File of the script, which a server's ConfigMap carries. */
const SCRIPT = 'wait-for-model.sh';

/** What a server's ConfigMap carries for its init container. */
export const waitScript = (): Record<string, string> => ({ [SCRIPT]: readFileSync(join(__dirname, SCRIPT), 'utf8') });

const SMALL = { cpu: '50m', memory: '64Mi' };

/**
 * Holds a server back until the prefetch Job has verified what it is to serve.
 *
 * @param image the server's own, so that nothing else is pulled
 * @param script mount of the ConfigMap with the script
 */
export function waitForModel(image: string, { folder, mark = '' }: StoredModel, script: k8s.VolumeMount): k8s.Container {
  return {
    name: 'wait-for-model',
    image,
    command: ['/bin/sh', `${script.mountPath}/${SCRIPT}`],
    env: [
      { name: 'MODELS', value: MODELS_MOUNT },
      { name: 'MODEL_FOLDER', value: folder },
      { name: 'MODEL_MARK', value: mark },
    ],
    resources: resourcesOf({ requests: SMALL, limits: SMALL }),
    securityContext: restrictedContainer,
    volumeMounts: [{ name: 'models', mountPath: MODELS_MOUNT, readOnly: true }, script],
  };
}
