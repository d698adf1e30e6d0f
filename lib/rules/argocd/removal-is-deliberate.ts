import { record } from '../fields';
import { HUB_CLUSTER } from '../fleet-index';
import type { FleetRule } from '../rule';

const RESOURCES = 'resources-finalizer.argocd.argoproj.io';
const FINALIZERS = new Set([RESOURCES, `${RESOURCES}/foreground`, `${RESOURCES}/background`]);

/** Where users depend on what runs: nothing goes because a line went. */
const PRODUCTION = 'prod';

export const removalIsDeliberate: FleetRule = {
  id: 'removal-is-deliberate',
  title: 'In production, no lost element, ApplicationSet or Application takes what runs along.',
  why: 'An ApplicationSet deletes the Applications whose elements are gone, an Application with the finalizer deletes everything that it deployed, and an unknown finalizer keeps the object for ever.',
  fix: "Set applicationsSync: create-update and preserveResourcesOnDeletion: true, annotate the set with Prune=confirm,Delete=confirm, and write no finalizer: delivery.removal: 'by-hand' in lib/environments/<environment>.ts does it.",
  *checkFleet(fleet) {
    for (const { application, owner, field, element } of fleet.applications) {
      const { finalizers, labels } = record(application.metadata);
      const list: unknown[] = Array.isArray(finalizers) ? finalizers : [];
      const at = `${field}/metadata/finalizers`;
      for (const [i, finalizer] of list.entries()) {
        if (!FINALIZERS.has(String(finalizer)))
          yield { object: owner, field: `${at}/${i}`, message: `is "${finalizer}", which no controller ever removes` };
      }
      const isRoot = isOfHub(application.spec);
      if (record(labels)['slipway.dev/environment'] !== PRODUCTION && !isProduction(application.spec) && !isRoot) continue;
      if (list.some((each) => FINALIZERS.has(String(each)))) {
        yield {
          object: owner,
          field: at,
          message: isRoot
            ? 'makes Argo CD delete every project, Application and setting when this one is removed, those of production included'
            : 'makes Argo CD delete all that the Application deployed when it is removed, in production',
        };
      }
      if (isRoot) continue; // Nothing delivers it.
      const options = String(record(owner.metadata.annotations)['argocd.argoproj.io/sync-options'] ?? '').split(',');
      if (!options.includes('Prune=confirm') && !options.includes('Prune=false')) {
        const annotation = '/metadata/annotations/argocd.argoproj.io~1sync-options';
        yield {
          object: owner,
          field: annotation,
          message: `lacks Prune=confirm: ${owner.kind}/${owner.metadata.name} would go when its file goes`,
        };
      }
      if (element === undefined) continue;
      const { applicationsSync, preserveResourcesOnDeletion } = record(record(owner.spec).syncPolicy);
      if (applicationsSync !== 'create-update' && applicationsSync !== 'create-only') {
        const message = `is ${applicationsSync === undefined ? 'sync by default' : `"${applicationsSync}"`}: removing an element would delete its Application`;
        yield { object: owner, field: '/spec/syncPolicy/applicationsSync', message };
      }
      if (preserveResourcesOnDeletion !== true) {
        yield {
          object: owner,
          field: '/spec/syncPolicy/preserveResourcesOnDeletion',
          message: 'is not true: in production, removing the set would delete all that it deployed',
        };
      }
    }
    for (const object of fleet.hub.all('AppProject.argoproj.io')) {
      const { finalizers } = record(object.metadata);
      for (const [i, finalizer] of (Array.isArray(finalizers) ? finalizers : []).entries()) {
        if (FINALIZERS.has(String(finalizer))) continue;
        yield { object, field: `/metadata/finalizers/${i}`, message: `is "${finalizer}", which no controller ever removes` };
      }
    }
  },
};

/** Whether an Application delivers what configures Argo CD. */
const isOfHub = (spec: unknown): boolean => record(record(spec).destination).name === HUB_CLUSTER;

/** A label may be lost; the cluster's name and the folder still tell the environment. */
function isProduction(spec: unknown): boolean {
  const { destination, source } = record(spec);
  return String(record(destination).name).startsWith(`${PRODUCTION}-`) || String(record(source).path).startsWith(`dist/${PRODUCTION}/`);
}
