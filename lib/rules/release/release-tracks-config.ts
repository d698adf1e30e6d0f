import { configMapsOf, podSecretsOf } from '../config-maps';
import { record } from '../fields';
import type { Rule } from '../rule';

const TRACKING = 'flagger.app/config-tracking';

export const releaseTracksConfig: Rule = {
  id: 'release-tracks-config',
  title: 'Flagger copies the ConfigMaps of a release whole, and leaves its delivered Secrets alone.',
  why: 'Flagger copies the data of a ConfigMap for the primary, but not its binaryData; and a Secret that Flagger tracks starts an analysis whenever its value is rotated.',
  fix: `Keep configuration in data; annotate the template of the ExternalSecret with ${TRACKING}: disabled, as DeliveredSecret of lib/security/delivered-secret.ts does.`,
  *check(target) {
    for (const { workload } of target.releases) {
      if (workload === undefined) continue;
      for (const { name } of configMapsOf(workload)) {
        const object = target.find('ConfigMap', workload.namespace, name);
        if (object?.binaryData !== undefined)
          yield { object, field: '/binaryData', message: 'holds files, which Flagger does not copy for the primary: keep them in data' };
      }
      for (const { name } of podSecretsOf(workload)) {
        const object = target.secrets.get(`${workload.namespace}/${name}`)?.by;
        const { annotations, labels } = record(object?.spec?.target?.template?.metadata);
        if (object?.kind !== 'ExternalSecret' || { ...labels, ...annotations }[TRACKING] === 'disabled') continue;
        const field = `/spec/target/template/metadata/annotations/${TRACKING.replace('/', '~1')}`;
        yield {
          object,
          field,
          message: `is not "disabled", though Deployment/${workload.object.metadata.name} reads the Secret and a Canary releases it`,
        };
      }
    }
  },
};
