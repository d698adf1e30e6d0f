import { groupOf } from '../../kubernetes/manifest';
import type { Rule } from '../rule';

const OPTIONS = 'argocd.argoproj.io/sync-options';
const SKIP = 'SkipDryRunOnMissingResource=true';

/** API groups that every cluster serves. */
const SERVED =
  /^(?:|apps|batch|autoscaling|policy|extensions|(?:admissionregistration|apiextensions|apiregistration|authentication|authorization|certificates|coordination|discovery|events|flowcontrol\.apiserver|networking|node|rbac\.authorization|resource|scheduling|storage)\.k8s\.io)$/;

export const customResourcesWait: Rule = {
  id: 'custom-resources-wait',
  title: 'Every object of a kind that an addon installs can wait for it.',
  why: 'Argo CD dry-runs every object before it applies the first: if the kind is not installed yet, the first sync of a new cluster fails as a whole, Namespaces included.',
  fix: 'Add fromAddon of lib/kubernetes/sync-options.ts to the annotations of the object.',
  *check(target) {
    const definitions = target.all('CustomResourceDefinition.apiextensions.k8s.io');
    for (const object of target.objects) {
      const group = groupOf(object);
      if (SERVED.test(group)) continue;
      const options: unknown = object.metadata.annotations?.[OPTIONS];
      if (typeof options === 'string' && options.includes(SKIP)) continue;
      const app = target.app(object);
      if (definitions.some((definition) => definition.spec?.group === group && target.app(definition) === app)) continue;
      const field = `/metadata/annotations/${OPTIONS.replace('/', '~1')}`;
      yield { object, field, message: `lacks ${SKIP}, though an addon installs ${object.kind} of ${group}` };
    }
  },
};
